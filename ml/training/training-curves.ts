import type { JsonObject } from '../../shared/json.js';
import { thinCurve } from '../models/thin-curve.js';

/** What a training was like, a number for each of its epochs; without validation rows the two of validation are empty. */
export interface EpochRecords {
  /** Mean loss of the epoch's steps. */
  readonly trainingLoss: readonly number[];
  readonly validationLoss: readonly number[];
  readonly validationAccuracy: readonly number[];
  /** Of the epoch's last step. */
  readonly learningRate: readonly number[];
}

const POINTS = 20; // each of four curves, so that the details stay under 3 KB

/** A training's curves for its details: what the report draws and what is written for TensorBoard. */
export function trainingCurves({ trainingLoss, validationLoss, validationAccuracy, learningRate }: EpochRecords): JsonObject {
  const curves = { trainingLoss, validationLoss, validationAccuracy, learningRate };
  return Object.fromEntries(Object.entries(curves).filter(([, values]) => values.length > 0).map(([name, values]) => [name, thinCurve(values, POINTS)]));
}
