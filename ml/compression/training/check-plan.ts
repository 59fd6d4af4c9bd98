import { InvalidConfigError } from '../../../shared/errors.js';
import { WEIGHT_BITS } from '../../graph/transforms/code-grid.js';
import { recipeProblems } from '../../training/recipe.js';
import { CHANNEL_SCORES } from './channels/choose-channels.js';
import { COMPRESSION_RECIPE } from './compression-plan.js';
import type { CompressionPlan } from './compression-plan.js';
import { PRUNING_SCOPES } from './prune-by-magnitude.js';

/** @throws InvalidConfigError naming everything that cannot be used. */
export function checkPlan(plan: CompressionPlan): void {
  const { channels, prune, cluster, quantize, settle, distil, dropout, epochs, recipe } = plan;
  const problems = [
    ...(channels || prune || cluster || quantize ? [] : ['nothing is asked for: give channels, prune, cluster or quantize']),
    ...count('epochs', epochs),
    ...number('dropout', dropout ?? 0, 'in [0, 1)', (value) => value >= 0 && value < 1),
    ...recipeProblems({ ...COMPRESSION_RECIPE, ...recipe }),
    ...(recipe?.engine === 'eager' ? ['engine is "eager": only the graph engine trains compressed networks'] : []),
    ...(channels ? [
      ...count('channels.epochs', channels.epochs),
      ...Object.entries({ keep: channels.keep, ...channels.layers }).flatMap(([name, share]) => number(`channels.${name}`, share, 'in (0, 1]', (value) => value > 0 && value <= 1)),
      ...among('channels.score', channels.score, [undefined, ...CHANNEL_SCORES]),
    ] : []),
    ...(prune ? [
      ...count('prune.epochs', prune.epochs),
      ...number('prune.sparsity', prune.sparsity, 'in (0, 1)', (value) => value > 0 && value < 1),
      ...among('prune.scope', prune.scope, [undefined, ...PRUNING_SCOPES]),
      ...number('prune.until', prune.until ?? 1, 'in (0, 1]', (value) => value > 0 && value <= 1),
    ] : []),
    ...(cluster ? [
      ...count('cluster.epochs', cluster.epochs),
      ...number('cluster.clusters', cluster.clusters, 'a whole number from 2 to 256', (value) => Number.isInteger(value) && value >= 2 && value <= 256),
    ] : []),
    ...(quantize ? [
      ...count('quantize.epochs', quantize.epochs),
      ...among('quantize.weights', quantize.weights, WEIGHT_BITS),
      ...Object.entries(quantize.layers ?? {}).flatMap(([layer, bits]) => among(`quantize.layers.${layer}`, bits, WEIGHT_BITS)),
      ...among('quantize.activations', quantize.activations, [undefined, 8, 4]),
    ] : []),
    ...(settle ? [
      ...(quantize && !cluster ? [] : ['settle goes with quantize and without cluster: it trains the scales of codes']),
      ...count('settle.epochs', settle.epochs),
      ...number('settle.learningRate', settle.learningRate ?? 1, 'above 0', (value) => value > 0),
    ] : []),
    ...(distil ? [
      ...number('distil.temperature', distil.temperature ?? 1, 'at least 1', (value) => value >= 1),
      ...number('distil.share', distil.share ?? 1, 'in (0, 1]', (value) => value > 0 && value <= 1),
    ] : []),
  ];
  if (problems.length > 0) throw new InvalidConfigError(`compression: ${problems.join('; ')}.`);
}

function among(name: string, value: unknown, known: readonly unknown[]): string[] {
  return known.includes(value) ? [] : [`${name} is ${JSON.stringify(value)}: expected one of ${known.filter((one) => one !== undefined).map((one) => JSON.stringify(one)).join(', ')}`];
}

function number(name: string, value: number, expected: string, holds: (value: number) => boolean): string[] {
  return holds(value) ? [] : [`${name} is ${value}: expected ${expected}`];
}

function count(name: string, value: number | undefined): string[] {
  return value === undefined ? [] : number(name, value, 'a whole number of at least 1', (one) => Number.isInteger(one) && one >= 1);
}
