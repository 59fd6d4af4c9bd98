import type { Evaluation } from '../../shared/metrics.js';
import type { FittedCalibration } from '../calibration/fitted-calibration.js';
import type { Matrix } from '../matrix.js';
import { argmaxRows } from './argmax-rows.js';
import { compareSeeds } from './compare-seeds.js';
import type { SeedGroup } from './compare-seeds.js';
import { evaluateCalibrated } from './evaluate-calibrated.js';
import { evaluateModel } from './evaluate-model.js';
import { mcnemar } from './mcnemar.js';

/** One model's name and test probabilities. */
export interface NamedProbabilities {
  readonly name: string;
  readonly proba: Matrix<Float32Array>;
  /** What validation rows say of its probabilities. */
  readonly calibration?: FittedCalibration;
}

/** Which models are compared with which. */
export interface Comparisons {
  readonly variants?: readonly (readonly [string, string])[];
  readonly reference?: string;
  /** Models that were fitted with several seeds: what is tested against the reference is their first fits. */
  readonly seeds?: readonly SeedGroup[];
  /** Pairs of them to be compared seed by seed. */
  readonly compare?: readonly (readonly [string, string])[];
  /** Seed of what conformal sets draw. @default 0 */
  readonly seed?: number;
  /** After each model, with the number of models that are measured. */
  readonly onModel?: (done: number) => void;
}

/**
 * All models on the same labelled images, each measured, and one of them, the reference (the first where none is named), tested
 * against every other. Each compressed variant is tested against its original too.
 * @param variants pairs of a model's name and its variant's.
 */
export function evaluateModels(
  models: readonly NamedProbabilities[], labels: Uint8Array, { variants = [], reference: chosen, seeds = [], compare = [], seed = 0, onModel = () => undefined }: Comparisons = {},
): Evaluation {
  const further = new Set(seeds.flatMap(({ names }) => names.slice(1)));
  const predictions = models.filter(({ name }) => !further.has(name)).map(({ name, proba }) => ({ name, predicted: argmaxRows(proba) }));
  const reference = predictions.find(({ name }) => name === chosen) ?? predictions[0];
  const named = (wanted: string): (typeof predictions)[number][] => predictions.filter(({ name }) => name === wanted);
  const pairs = [
    ...predictions.filter((other) => other !== reference).map((other) => [reference, other] as const),
    ...variants.filter(([original]) => original !== reference?.name).flatMap(([original, variant]) =>
      named(original).flatMap((a) => named(variant).map((b) => [a, b] as const))),
  ];
  const measured = models.map(({ name, proba, calibration }, index) => {
    const figures = { ...evaluateModel(name, proba, labels), ...(calibration && { calibrated: evaluateCalibrated(calibration, proba, labels, seed) }) };
    onModel(index + 1);
    return figures;
  });
  return {
    kind: 'evaluation', rows: labels.length, models: measured, paired: pairs.map(([a, b]) => mcnemar(a, b, labels)),
    ...compareSeeds(measured, seeds, compare),
  };
}
