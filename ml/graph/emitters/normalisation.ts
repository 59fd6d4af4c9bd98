import type { Output } from '../../../native/tensorflow/graph.js';
import { unknownSetting } from '../layer-scope.js';
import type { Emitter, LayerScope } from '../layer-scope.js';

/** (x - mean) / sqrt(variance + epsilon) over some axes, in float32. */
function standardise({ ops, config }: LayerScope, x: Output, axes: readonly number[]): Output {
  const mean = ops.reduce('Mean', x, axes, true);
  const variance = ops.reduce('Mean', ops.op('SquaredDifference', [x, mean]), axes, true);
  return ops.mul(ops.sub(x, mean), ops.op('Rsqrt', [ops.add(variance, ops.scalar(Number(config['epsilon'] ?? 1e-3)))]));
}

/** Times gamma plus beta, as far as the layer has them. */
function scaleAndShift(scope: LayerScope, x: Output): Output {
  const scaled = scope.config['scale'] === false ? x : scope.ops.mul(x, scope.exactWeight('gamma'));
  return scope.config['center'] === false ? scaled : scope.ops.add(scaled, scope.exactWeight('beta'));
}

/**
 * Batch normalisation along the last axis (Ioffe and Szegedy). The moving variance takes the unbiased batch variance, as Keras and
 * PyTorch do; tfjs-layers takes the biased one.
 */
const batchNormalisation: Emitter = (scope, [x]) => {
  const { ops, config, training } = scope;
  const shape = ops.shape(x);
  const axis = Number(config['axis'] ?? -1);
  if (axis !== -1 && axis !== shape.length - 1) throw unknownSetting(scope, 'axis', axis);
  const channels = shape[shape.length - 1];
  const filled = (value: number): Output => ops.constant(new Float32Array(channels).fill(value));
  const gamma = config['scale'] === false ? filled(1) : scope.exactWeight('gamma');
  const beta = config['center'] === false ? filled(0) : scope.exactWeight('beta');
  const [mean, variance] = training ? [filled(0), filled(1)] : [scope.exactWeight('moving_mean'), scope.exactWeight('moving_variance')];
  const maps = shape.length === 4 ? x : ops.reshape(x, [-1, 1, shape.length === 3 ? shape[1] : 1, channels]);
  const normal = ops.op('FusedBatchNormV3', [maps, gamma, beta, mean, variance], { epsilon: { float: Number(config['epsilon'] ?? 1e-3) }, is_training: { bool: training } });
  if (training) {
    const momentum = Number(config['momentum'] ?? 0.99);
    scope.moveTowards('moving_mean', { oper: normal.oper, index: 1 }, momentum);
    scope.moveTowards('moving_variance', { oper: normal.oper, index: 2 }, momentum);
  }
  return shape.length === 4 ? normal : ops.reshape(normal, [-1, ...shape.slice(1)]);
};

/** Layer normalisation along the last axis (Ba, Kiros and Hinton). */
const layerNormalisation: Emitter = (scope, [x]) => {
  const { ops, config, computeType } = scope;
  const last = ops.shape(x).length - 1;
  const axis = [config['axis'] ?? -1].flat().map((value) => Number(value));
  if (axis.length !== 1 || (axis[0] !== -1 && axis[0] !== last)) throw unknownSetting(scope, 'axis', config['axis']);
  return ops.cast(scaleAndShift(scope, standardise(scope, ops.cast(x, 'float32'), [last])), computeType);
};

/** Group normalisation of [n, h, w, c] (Wu and He). */
const groupNormalisation: Emitter = (scope, [x]) => {
  const { ops, config, computeType } = scope;
  const [, height, width, channels] = ops.shape(x);
  const groups = Number(config['groups']);
  const grouped = ops.reshape(ops.cast(x, 'float32'), [-1, height * width, groups, channels / groups]);
  const normal = ops.reshape(standardise(scope, grouped, [1, 3]), [-1, height, width, channels]);
  return ops.cast(scaleAndShift(scope, normal), computeType);
};

/** Normalising layers. */
export const normalisationEmitters: Readonly<Record<string, Emitter>> = {
  BatchNormalization: batchNormalisation,
  LayerNormalization: layerNormalisation,
  GroupNormalization: groupNormalisation,
};
