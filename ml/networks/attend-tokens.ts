import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import type { Initializers } from './initializers.js';
import { registerLayers } from './layers/register-layers.js';

/**
 * x + attention(normalised x) of tokens [n, tokens, width], normalised first (Xiong et al., "On Layer Normalization in the
 * Transformer Architecture"); layers `<name>_norm`, `<name>`, `<name>_add`.
 */
export function attendTokens(
  tf: TensorFlow,
  name: string,
  x: tfTypes.SymbolicTensor,
  { heads, keyDim }: { readonly heads: number; readonly keyDim: number },
  initializers: Initializers,
): tfTypes.SymbolicTensor {
  const normal = tf.layers.layerNormalization({ name: `${name}_norm`, epsilon: 1e-5 }).apply(x) as tfTypes.SymbolicTensor;
  const attended = registerLayers(tf).multiHeadSelfAttention({ name, heads, keyDim, seed: initializers.seed() }).apply(normal);
  return tf.layers.add({ name: `${name}_add` }).apply([x, attended as tfTypes.SymbolicTensor]) as tfTypes.SymbolicTensor;
}
