import { cnn } from '../../../ml/networks/cnn.js';
import { testNetworkContract, testNetworkProblems } from './network.contract.js';

describe('CNN', () => {
  testNetworkContract({ network: cnn, options: cnn.defaults, trained: 155_786, moving: 0 });
  testNetworkProblems(cnn, [
    [{ hidden: 0 }, /^hidden is 0: expected a whole number of at least 1$/],
    [{ dropout: 1 }, /^dropout is 1/],
    [{ filters: [[8, 8, 8], [8, 8, 8], [8]] }, /^images of 28 x 28 pixels are too small for the filters \[\[8,8,8\],\[8,8,8\],\[8\]\]: name fewer$/],
  ]);
});
