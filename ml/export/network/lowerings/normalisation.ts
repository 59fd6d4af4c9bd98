import type { ValueId } from '../network-graph.js';
import { unexportable } from '../lowering-scope.js';
import type { Lowering, LoweringScope } from '../lowering-scope.js';

function epsilonOf({ config }: LoweringScope): number {
  return Number(config['epsilon'] ?? 1e-3);
}

/** Times gamma plus beta, as far as the layer has them. */
function scaleAndShift(scope: LoweringScope, x: ValueId): ValueId {
  const [scales, shifts] = [scope.config['scale'] !== false, scope.config['center'] !== false];
  const scaled = scales ? scope.add({ type: 'multiply', a: x, b: scope.weightValue('gamma') }, shifts ? 'scaled' : undefined) : x;
  return shifts ? scope.add({ type: 'add', a: scaled, b: scope.weightValue('beta') }) : scaled;
}

/** Batch normalisation by its moving averages: a multiplication and an addition for each channel. */
const batchNormalisation: Lowering = (scope, [x]) => {
  const { config, weight } = scope;
  const sides = scope.shape(x);
  const axis = Number(config['axis'] ?? -1);
  if (axis !== -1 && axis !== sides.length) throw unexportable(scope, 'axis', axis);
  const channels = sides.slice(-1);
  const [mean, variance] = [weight('moving_mean').data, weight('moving_variance').data];
  const gamma = config['scale'] === false ? undefined : weight('gamma').data;
  const beta = config['center'] === false ? undefined : weight('beta').data;
  const scale = Array.from(variance, (value, c) => (gamma?.[c] ?? 1) / Math.sqrt(value + epsilonOf(scope)));
  const scaled = scope.add({ type: 'multiply', a: x, b: scope.constant('scale', channels, Float32Array.from(scale)) }, 'scaled');
  return scope.add({ type: 'add', a: scaled, b: scope.constant('shift', channels, Float32Array.from(scale, (value, c) => (beta?.[c] ?? 0) - mean[c] * value)) });
};

const layerNormalisation: Lowering = (scope, [input]) => {
  const rank = scope.shape(input).length;
  const axis = [scope.config['axis'] ?? -1].flat().map(Number);
  if (axis.length !== 1 || (axis[0] !== -1 && axis[0] !== rank)) throw unexportable(scope, 'axis', scope.config['axis']);
  return scaleAndShift(scope, scope.add({ type: 'standardise', input, axes: [rank - 1], epsilon: epsilonOf(scope) }, 'standard'));
};

const groupNormalisation: Lowering = (scope, [x]) => {
  const [height, width, channels] = scope.shape(x);
  const groups = Number(scope.config['groups']);
  const grouped = scope.reshape(x, [height * width, groups, channels / groups], 'grouped');
  const standard = scope.add({ type: 'standardise', input: grouped, axes: [0, 2], epsilon: epsilonOf(scope) }, 'standard');
  return scaleAndShift(scope, scope.reshape(standard, [height, width, channels], 'maps'));
};

/** Normalising layers. */
export const normalisationLowerings: Readonly<Record<string, Lowering>> = {
  BatchNormalization: batchNormalisation,
  LayerNormalization: layerNormalisation,
  GroupNormalization: groupNormalisation,
};
