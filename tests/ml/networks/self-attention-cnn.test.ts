import { selfAttentionCnn } from '../../../ml/networks/self-attention-cnn.js';
import { testAttentionTwin } from './attention-twin.js';
import { testNetworkContract, testNetworkProblems } from './network.contract.js';

describe('Self-attention CNN', () => {
  testNetworkContract({ network: selfAttentionCnn, options: selfAttentionCnn.defaults, trained: 200_026, moving: 576 });
  testAttentionTwin(selfAttentionCnn, /^(tokens|positions|attention|maps)/);
  testNetworkProblems(selfAttentionCnn, [[{ heads: 0 }, /^heads is 0/], [{ keyDim: 0.5 }, /^keyDim is 0.5/]]);
});
