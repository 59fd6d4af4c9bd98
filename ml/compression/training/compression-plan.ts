import { InvalidConfigError } from '../../../shared/errors.js';
import { WEIGHT_BITS } from '../../graph/transforms/code-grid.js';
import type { WeightBits } from '../../graph/transforms/code-grid.js';
import { RECIPE, recipeProblems } from '../../training/recipe.js';
import type { Recipe } from '../../training/recipe.js';

/** Weights (and activations) on grids. */
export interface QuantizePlan {
  /** Of every kernel. With 8 bits the largest number of a channel gets the highest code, with fewer the step is learnt. */
  readonly weights: WeightBits;
  /** Of some layers' kernels, by the layer's name. */
  readonly layers?: Readonly<Record<string, WeightBits>>;
  /** Of the layers' outputs; without it they stay float32. */
  readonly activations?: 8 | 4;
  readonly epochs?: number;
}

/** What is done to a trained network, in this order, each followed by training of its own. */
export interface CompressionPlan {
  readonly quantize?: QuantizePlan;
  /** Of each stage that does not say otherwise. */
  readonly epochs: number;
  /** Where the training differs from `COMPRESSION_RECIPE`. */
  readonly recipe?: Partial<Omit<Recipe, 'epochs'>>;
}

/** The usual recipe, with a lower learning rate: the network is trained already. */
export const COMPRESSION_RECIPE: Recipe = { ...RECIPE, learningRate: 0.001, warmUp: 0.1, weightDecay: 0 };

/** @throws InvalidConfigError naming everything that cannot be used. */
export function checkPlan(plan: CompressionPlan): void {
  const { quantize, epochs, recipe } = plan;
  const among = (name: string, value: unknown, known: readonly unknown[]): string[] =>
    (known.includes(value) ? [] : [`${name} is ${JSON.stringify(value)}: expected one of ${known.map((one) => JSON.stringify(one)).join(', ')}`]);
  const count = (name: string, value: number | undefined): string[] =>
    (value === undefined || (Number.isInteger(value) && value >= 1) ? [] : [`${name} is ${value}: expected a whole number of at least 1`]);
  const problems = [
    ...(quantize ? [] : ['nothing is asked for: give quantize']),
    ...count('epochs', epochs),
    ...recipeProblems({ ...COMPRESSION_RECIPE, ...recipe }),
    ...(recipe?.engine === 'eager' ? ['engine is "eager": only the graph engine trains compressed networks'] : []),
    ...(quantize ? [
      ...count('quantize.epochs', quantize.epochs),
      ...among('quantize.weights', quantize.weights, WEIGHT_BITS),
      ...Object.entries(quantize.layers ?? {}).flatMap(([layer, bits]) => among(`quantize.layers.${layer}`, bits, WEIGHT_BITS)),
      ...among('quantize.activations', quantize.activations, [undefined, 8, 4]),
    ] : []),
  ];
  if (problems.length > 0) throw new InvalidConfigError(`compression: ${problems.join('; ')}.`);
}
