import type { ValueId } from '../network-graph.js';
import type { Lowering, LoweringScope } from '../lowering-scope.js';

/** relu(x R + r) E + e of [channels], as a function: its weights are constants once, however often it is applied. */
function channelMlp(scope: LoweringScope): (x: ValueId, part: string) => ValueId {
  const { add, weightValue } = scope;
  const [reduce, expand] = ['reduce', 'expand'].map((name) => ({ type: 'dense' as const, kernel: weightValue(`${name}_kernel`), bias: weightValue(`${name}_bias`) }));
  return (input, part) => {
    const hidden = add({ ...reduce, input, activation: 'relu' }, `${part}_hidden`);
    return add({ ...expand, input: hidden, activation: 'linear' }, `${part}_logits`);
  };
}

/** x times a weight in [0, 1] for each channel, from its logits [channels]. */
function weighChannels({ add, reshape, shape }: LoweringScope, x: ValueId, logits: ValueId, part?: string): ValueId {
  const weights = add({ type: 'activation', kind: 'sigmoid', input: logits }, 'channels');
  return add({ type: 'multiply', a: x, b: reshape(weights, [1, 1, ...shape(weights)], 'channel_weights') }, part);
}

const squeezeExcite: Lowering = (scope, [x]) => {
  const mean = scope.add({ type: 'reduce', how: 'mean', input: x, axes: [0, 1], keepDims: false }, 'mean');
  return weighChannels(scope, x, channelMlp(scope)(mean, 'mean'));
};

const convBlockAttention: Lowering = (scope, [x]) => {
  const { add, weightValue } = scope;
  const mlp = channelMlp(scope);
  const [mean, max] = (['mean', 'max'] as const).map((how) => mlp(add({ type: 'reduce', how, input: x, axes: [0, 1], keepDims: false }, how), how));
  const weighed = weighChannels(scope, x, add({ type: 'add', a: mean, b: max }, 'channel_logits'), 'weighed');
  const inputs = (['mean', 'max'] as const).map((how) => add({ type: 'reduce', how, input: weighed, axes: [2], keepDims: true }, `place_${how}`));
  const summary = add({ type: 'concatenate', inputs, axis: 2 }, 'summary');
  const logits = add({ type: 'conv2d', input: summary, kernel: weightValue('spatial_kernel'), activation: 'linear', strides: [1, 1], padding: 'same' }, 'place_logits');
  return add({ type: 'multiply', a: weighed, b: add({ type: 'activation', kind: 'sigmoid', input: logits }, 'places') });
};

/** Columns of a matrix or a vector, times a factor. */
function columns(data: Float32Array, width: number, from: number, count: number, factor: number): Float32Array {
  return Float32Array.from({ length: (data.length / width) * count }, (_, i) => data[Math.floor(i / count) * width + from + (i % count)] * factor);
}

/** Queries, keys and values by a dense layer each; the queries' is scaled, so that the scores are. */
const multiHeadSelfAttention: Lowering = (scope, [x]) => {
  const { add, reshape, constant, weight, weightValue } = scope;
  const [tokens, width] = scope.shape(x);
  const [heads, keyDim] = [Number(scope.config['heads']), Number(scope.config['key_dim'])];
  const inner = heads * keyDim;
  const byHead = (name: string, at: number, factor = 1): ValueId => {
    const kernel = constant(`${name}_kernel`, [width, inner], columns(weight('qkv_kernel').data, 3 * inner, at * inner, inner, factor));
    const bias = constant(`${name}_bias`, [inner], columns(weight('qkv_bias').data, 3 * inner, at * inner, inner, factor));
    const projected = add({ type: 'dense', input: x, kernel, bias, activation: 'linear' }, name);
    return add({ type: 'transpose', input: reshape(projected, [tokens, heads, keyDim], `${name}_split`), order: [1, 0, 2] }, `${name}_heads`);
  };
  const [queries, keys, values] = [byHead('query', 0, 1 / Math.sqrt(keyDim)), byHead('key', 1), byHead('value', 2)];
  const scores = add({ type: 'batchMatMul', a: queries, b: keys, transposeB: true }, 'scores');
  const heard = add({ type: 'batchMatMul', a: add({ type: 'softmax', input: scores }, 'shares'), b: values, transposeB: false }, 'heard_heads');
  const input = reshape(add({ type: 'transpose', input: heard, order: [1, 0, 2] }, 'heard_tokens'), [tokens, inner], 'heard');
  return add({ type: 'dense', input, kernel: weightValue('output_kernel'), bias: weightValue('output_bias'), activation: 'linear' });
};

const sequencePooling: Lowering = (scope, [x]) => {
  const { add, reshape } = scope;
  const [tokens, width] = scope.shape(x);
  const scores = add({ type: 'dense', input: x, kernel: scope.weightValue('kernel'), activation: 'linear' }, 'scores');
  const shares = add({ type: 'softmax', input: reshape(scores, [1, tokens], 'score_row') }, 'shares');
  return reshape(add({ type: 'batchMatMul', a: shares, b: x, transposeB: false }, 'row'), [width]);
};

/** Digitloom's own layers (ml/networks/layers). */
export const attentionLowerings: Readonly<Record<string, Lowering>> = {
  SqueezeExcite: squeezeExcite,
  ConvBlockAttention: convBlockAttention,
  MultiHeadSelfAttention: multiHeadSelfAttention,
  SequencePooling: sequencePooling,
  PositionEmbedding: (scope, [a]) => scope.add({ type: 'add', a, b: scope.weightValue('embedding') }),
};
