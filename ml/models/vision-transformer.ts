import { visionTransformer } from '../networks/vision-transformer.js';
import { networkKind } from './network-kind.js';

/** The small Vision Transformer. Attention wants a lower learning rate than convolutions, more decay and a bound on the gradient. */
export const model = networkKind(visionTransformer, { learningRate: 0.001, weightDecay: 0.05, clipNorm: 1, batchSize: 128 });
