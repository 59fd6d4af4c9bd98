import type { LayerDefinition } from './layer-definition.js';

/** Settings of GroupNormalization. */
export type GroupNormalizationSettings = Readonly<{
  /** Must divide the channels. */
  groups: number;
  /** Added to the variance. */
  epsilon: number;
}>;

/**
 * Mean 0 and variance 1 over each image's places and each group of neighbouring channels of [n, height, width, channels], then
 * times gamma plus beta by channel (Wu and He, "Group Normalization"): the same in training and afterwards.
 *
 * Class `GroupNormalization`, config `groups`, `epsilon`; weights `gamma` [channels], `beta` [channels].
 */
export const groupNormalization: LayerDefinition<GroupNormalizationSettings> = {
  className: 'GroupNormalization',
  defaults: { groups: 8, epsilon: 1e-3 },
  problems({ groups, epsilon }, shape) {
    const channels = shape.at(-1) ?? 0;
    return [
      ...(shape.length === 4 ? [] : ['expected an input [n, height, width, channels]']),
      ...(Number.isInteger(groups) && groups >= 1 && channels % groups === 0 ? [] : [`groups is ${groups}: expected a whole number that divides the ${channels} channels`]),
      ...(epsilon > 0 ? [] : [`epsilon is ${epsilon}: expected a number above 0`]),
    ];
  },
  weights: (_, shape) => [
    { name: 'gamma', shape: [shape[3] ?? 0], start: 'ones' },
    { name: 'beta', shape: [shape[3] ?? 0], start: 'zeros' },
  ],
  call(x, { tf, weight, settings: { groups, epsilon } }) {
    const [n, height, width, channels] = x.shape;
    const grouped = tf.reshape(x, [n, height * width, groups, channels / groups]);
    const { mean, variance } = tf.moments(grouped, [1, 3], true);
    const normal = tf.reshape(tf.mul(tf.sub(grouped, mean), tf.rsqrt(tf.add(variance, epsilon))), x.shape);
    return tf.add(tf.mul(normal, weight('gamma')), weight('beta'));
  },
};
