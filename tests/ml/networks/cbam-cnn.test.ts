import { cbamCnn } from '../../../ml/networks/cbam-cnn.js';
import { testAttentionTwin } from './attention-twin.js';
import { testNetworkContract, testNetworkProblems } from './network.contract.js';

describe('CBAM CNN', () => {
  testNetworkContract({ network: cbamCnn, options: cbamCnn.defaults, trained: 182_038, moving: 576 });
  testAttentionTwin(cbamCnn, /^cbam\d/);
  testNetworkProblems(cbamCnn, [
    [{ kernelSize: 6 }, /^kernelSize is 6: expected an odd whole number$/],
    [{ ratio: 0 }, /^ratio is 0/],
  ]);
});
