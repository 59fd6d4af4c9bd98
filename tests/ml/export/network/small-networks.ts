import type * as tfTypes from '@tensorflow/tfjs-node';
import { cbamCnn } from '../../../../ml/networks/cbam-cnn.js';
import { cnn } from '../../../../ml/networks/cnn.js';
import { denseNetwork } from '../../../../ml/networks/dense-network.js';
import { createInitializers } from '../../../../ml/networks/initializers.js';
import { mobileNetV2 } from '../../../../ml/networks/mobilenet-v2.js';
import type { NetworkDefinition } from '../../../../ml/networks/network-definition.js';
import { residualCnn } from '../../../../ml/networks/residual-cnn.js';
import { seCnn } from '../../../../ml/networks/se-cnn.js';
import { selfAttentionCnn } from '../../../../ml/networks/self-attention-cnn.js';
import { tinyCnn } from '../../../../ml/networks/tiny-cnn.js';
import { visionTransformer } from '../../../../ml/networks/vision-transformer.js';
import type { TensorFlow } from '../../../../native/tensorflow-js.js';

type Build = (tf: TensorFlow) => tfTypes.LayersModel;

function small<Options extends object>(network: NetworkDefinition<Options>, side: number, changed: Partial<Options> = {}): Build {
  return (tf) => network.build(tf, side, { ...network.defaults, ...changed }, createInitializers(tf, 1));
}

const FILTERS = [[4, 6], [8]];

/** Every network of ml/networks and every kind of layer it can have, small. */
export const SMALL_NETWORKS: Readonly<Record<string, Build>> = {
  'cnn': small(cnn, 16, { filters: [[4], [6, 8]], hidden: 16 }),
  'dense-network': small(denseNetwork, 8, { hidden: [12, 8] }),
  'residual-cnn': small(residualCnn, 16, { stem: [4, 6], widths: [6, 8], blocks: [1, 2] }),
  'mobilenet-v2': small(mobileNetV2, 16, { blocks: 7, last: 64 }),
  'se-cnn': small(seCnn, 18, { filters: FILTERS, hidden: 12 }),
  'cbam-cnn': small(cbamCnn, 18, { filters: FILTERS, hidden: 12, kernelSize: 3 }),
  'self-attention-cnn': small(selfAttentionCnn, 18, { filters: FILTERS, hidden: 12, heads: 2, keyDim: 5 }),
  'tiny-cnn 8k': small(tinyCnn, 28, tinyCnn.presets?.['8k']),
  'tiny-cnn 1k': small(tinyCnn, 28, tinyCnn.presets?.['1k']),
  'tiny-cnn with swish': small(tinyCnn, 16, { activation: 'swish', padding: 'same' }),
  'vision-transformer': small(visionTransformer, 16, { width: 12, depth: 2, heads: 3, hidden: 20 }),
  'vision-transformer of patches': small(visionTransformer, 12, { stem: 'patch', pooling: 'mean', width: 8, depth: 1, heads: 2, hidden: 12 }),
};
