import { seCnn } from '../../../ml/networks/se-cnn.js';
import { testAttentionTwin } from './attention-twin.js';
import { testNetworkContract, testNetworkProblems } from './network.contract.js';

describe('SE CNN', () => {
  testNetworkContract({ network: seCnn, options: seCnn.defaults, trained: 181_842, moving: 576 });
  testAttentionTwin(seCnn, /^se\d/);
  testNetworkProblems(seCnn, [
    [{ ratio: 33 }, /^ratio is 33: expected a whole number from 1 to 32, the fewest channels of a block$/],
    [{ filters: [[16], []] }, /^filters is \[\[16\],\[\]\]: expected lists/],
    [{ filters: [[4, 4, 4, 4], [4, 4, 4, 4, 4]] }, /^images of 28 x 28 pixels are too small for the filters/],
    [{ hidden: 0 }, /^hidden is 0/],
    [{ attention: 'yes' as unknown as boolean }, /^attention is "yes": expected true or false$/],
  ]);
});
