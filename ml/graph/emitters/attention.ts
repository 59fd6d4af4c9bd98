import type { Output } from '../../../native/tensorflow/graph.js';
import type { Emitter, LayerScope } from '../layer-scope.js';

/** relu(x R + r) E + e of x [n, channels]. */
function channelMlp({ ops, weight }: LayerScope, x: Output): Output {
  const layer = (input: Output, name: string): Output => ops.op('BiasAdd', [ops.op('MatMul', [input, weight(`${name}_kernel`)]), weight(`${name}_bias`)]);
  return layer(ops.op('Relu', [layer(x, 'reduce')]), 'expand');
}

/** x times a weight in [0, 1] for each channel, from its logits [n, channels]. */
function weighChannels({ ops }: LayerScope, x: Output, logits: Output): Output {
  return ops.mul(x, ops.reshape(ops.op('Sigmoid', [logits]), [-1, 1, 1, ops.shape(logits)[1]]));
}

const squeezeExcite: Emitter = (scope, [x]) => weighChannels(scope, x, channelMlp(scope, scope.ops.reduce('Mean', x, [1, 2])));

const convBlockAttention: Emitter = (scope, [x]) => {
  const { ops } = scope;
  const logits = ops.add(channelMlp(scope, ops.reduce('Mean', x, [1, 2])), channelMlp(scope, ops.reduce('Max', x, [1, 2])));
  const weighed = weighChannels(scope, x, logits);
  const summary = ops.op('ConcatV2', [[ops.reduce('Mean', weighed, [3], true), ops.reduce('Max', weighed, [3], true)], ops.scalar(3, 'int32')]);
  const places = ops.op('Conv2D', [summary, scope.weight('spatial_kernel')], { strides: { ints: [1, 1, 1, 1] }, padding: { text: 'SAME' } });
  return ops.mul(weighed, ops.op('Sigmoid', [places]));
};

const multiHeadSelfAttention: Emitter = (scope, [x]) => {
  const { ops, config, weight } = scope;
  const [, tokens, width] = ops.shape(x);
  const [heads, keyDim] = [Number(config['heads']), Number(config['key_dim'])];
  const type = ops.graph.typeOf(x) ?? 'float32';
  const projected = ops.op('BiasAdd', [ops.op('MatMul', [ops.reshape(x, [-1, width]), weight('qkv_kernel')]), weight('qkv_bias')]);
  // [query | key | value] in front: [3, n, heads, tokens, keyDim]
  const parts = ops.transpose(ops.reshape(projected, [-1, tokens, 3, heads, keyDim]), [2, 0, 3, 1, 4]);
  const unpacked = ops.op('Unpack', [parts], { num: { int: 3 }, axis: { int: 0 } });
  const [queries, keys, values] = [0, 1, 2].map((index) => ({ oper: unpacked.oper, index }));
  const scaled = ops.mul(queries, ops.scalar(1 / Math.sqrt(keyDim), type));
  const scores = ops.op('BatchMatMulV2', [scaled, keys], { adj_y: { bool: true } });
  const shares = ops.op('Softmax', [scores]);
  const heard = ops.reshape(ops.transpose(ops.op('BatchMatMulV2', [shares, values]), [0, 2, 1, 3]), [-1, heads * keyDim]);
  return ops.reshape(ops.op('BiasAdd', [ops.op('MatMul', [heard, weight('output_kernel')]), weight('output_bias')]), [-1, tokens, width]);
};

const sequencePooling: Emitter = (scope, [x]) => {
  const { ops } = scope;
  const [, tokens, width] = ops.shape(x);
  const scores = ops.reshape(ops.op('MatMul', [ops.reshape(x, [-1, width]), scope.weight('kernel')]), [-1, 1, tokens]);
  return ops.reshape(ops.op('BatchMatMulV2', [ops.op('Softmax', [scores]), x]), [-1, width]);
};

/** Digitloom's own layers (ml/networks/layers). */
export const attentionEmitters: Readonly<Record<string, Emitter>> = {
  SqueezeExcite: squeezeExcite,
  ConvBlockAttention: convBlockAttention,
  MultiHeadSelfAttention: multiHeadSelfAttention,
  SequencePooling: sequencePooling,
  PositionEmbedding: (scope, [x]) => scope.ops.add(x, scope.weight('embedding')),
};
