import type * as tfTypes from '@tensorflow/tfjs-node';
import type { LayerArithmetic, LayerDefinition } from './layer-definition.js';

/** Settings of MultiHeadSelfAttention. */
export type MultiHeadSelfAttentionSettings = Readonly<{
  heads: number;
  /** Width of a head's queries, keys and values. */
  keyDim: number;
  seed: number;
}>;

/**
 * Every token of [n, tokens, width] asks all tokens (Vaswani et al., "Attention Is All You Need"): per head
 * softmax(Q K' / sqrt(keyDim)) V; the heads, one after the other, go through a projection back to the width.
 *
 * Class `MultiHeadSelfAttention`, config `heads`, `key_dim`, `seed`; weights `qkv_kernel` [width, 3 heads keyDim] whose columns are
 * [query | key | value], each [head | keyDim], `qkv_bias`, `output_kernel` [heads keyDim, width], `output_bias`.
 * Attention: `tokens` [n, heads, tokens (asking), tokens (asked)], rows of which sum to 1.
 */
export const multiHeadSelfAttention: LayerDefinition<MultiHeadSelfAttentionSettings> = {
  className: 'MultiHeadSelfAttention',
  defaults: { heads: 4, keyDim: 16, seed: 0 },
  problems({ heads, keyDim }, shape) {
    const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1;
    return [
      ...(shape.length === 3 ? [] : ['expected an input [n, tokens, width]']),
      ...(isCount(heads) ? [] : [`heads is ${heads}: expected a whole number of at least 1`]),
      ...(isCount(keyDim) ? [] : [`keyDim is ${keyDim}: expected a whole number of at least 1`]),
    ];
  },
  weights({ heads, keyDim }, shape) {
    const width = shape[2] ?? 0;
    const inner = heads * keyDim;
    return [
      { name: 'qkv_kernel', shape: [width, 3 * inner], start: 'glorot' },
      { name: 'qkv_bias', shape: [3 * inner], start: 'zeros' },
      { name: 'output_kernel', shape: [inner, width], start: 'glorot' },
      { name: 'output_bias', shape: [width], start: 'zeros' },
    ];
  },
  call(x, arithmetic) {
    const { tf, weight } = arithmetic;
    const [n, tokens, width] = x.shape;
    const { shares, values } = attend(x, arithmetic);
    const heads = tf.reshape(tf.transpose(tf.matMul(shares, values), [0, 2, 1, 3]), [n * tokens, -1]);
    return tf.reshape(tf.add(tf.matMul(heads, weight('output_kernel')), weight('output_bias')), [n, tokens, width]);
  },
  attention: (x, arithmetic) => ({ tokens: attend(x, arithmetic).shares }),
};

/** shares [n, heads, tokens, tokens], values [n, heads, tokens, keyDim] */
function attend(
  x: tfTypes.Tensor,
  { tf, weight, settings: { heads, keyDim } }: LayerArithmetic<MultiHeadSelfAttentionSettings>,
): Readonly<Record<'shares' | 'values', tfTypes.Tensor>> {
  const [n, tokens, width] = x.shape;
  const projected = tf.add(tf.matMul(tf.reshape(x, [n * tokens, width]), weight('qkv_kernel')), weight('qkv_bias'));
  const [queries, keys, values] = tf.split(projected, 3, 1).map((part) => tf.transpose(tf.reshape(part, [n, tokens, heads, keyDim]), [0, 2, 1, 3]));
  return { shares: tf.softmax(tf.mul(tf.matMul(queries, keys, false, true), 1 / Math.sqrt(keyDim))), values };
}
