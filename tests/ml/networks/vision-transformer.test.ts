import { visionTransformer } from '../../../ml/networks/vision-transformer.js';
import { testNetworkContract, testNetworkProblems } from './network.contract.js';

// One block: TensorFlow.js takes its time over the gradient of layer normalisation.
const learning = { options: { ...visionTransformer.defaults, depth: 1 }, rate: 0.003, steps: 12 };

describe('Vision Transformer', () => {
  testNetworkContract({ network: visionTransformer, options: visionTransformer.defaults, trained: 223_658, moving: 64, learning });
  testNetworkProblems(visionTransformer, [
    [{ patch: 5 }, /^patch is 5: expected a whole number that divides the images' side, 28$/],
    [{ patch: 7 }, /^patch is 7: a stem of convolutions with stride 2 needs a power of two$/],
    [{ heads: 5 }, /^heads is 5: expected a whole number that divides the width, 64$/],
    [{ stem: 'none' as 'conv' }, /^stem is "none": expected patch or conv$/],
    [{ pooling: 'token' as 'mean' }, /^pooling is "token": expected mean or sequence$/],
  ]);
});

describe('Vision Transformer of plain patches and mean pooling', () => {
  const options = { ...visionTransformer.defaults, stem: 'patch', pooling: 'mean' } as const;
  testNetworkContract({ network: visionTransformer, options, trained: 205_834, moving: 0, learning: { ...learning, options: { ...options, depth: 1 } } });
});
