import { decodeCalibration } from '../ml/calibration/calibration-bytes.js';
import { predictionSet } from '../ml/conformal/prediction-set.js';
import { SCORES } from '../ml/conformal/registry.js';
import { argmaxRows } from '../ml/evaluation/argmax-rows.js';
import type { Matrix } from '../ml/matrix.js';
import { rowsBetween } from '../ml/matrix.js';
import type { ArtifactRef } from '../shared/artifact.js';
import type { ArtifactStore } from '../storage/artifact-store.js';

/** One image's answer, with what validation rows taught of its model's probabilities. */
export interface CalibratedAnswer {
  readonly digit: number;
  /** Calibrated. */
  readonly probabilities: readonly number[];
  /** By rate of wrong answers: is the image too unsure for it? `threshold` null rejects all. */
  readonly rejection: readonly { readonly risk: number; readonly threshold: number | null; readonly rejected: boolean }[];
  /** By the share of sets that may lack the true digit: the digits that the image may show, likeliest first (LAC). */
  readonly sets: readonly { readonly alpha: number; readonly digits: readonly number[] }[];
}

/**
 * Answers from a model's own probabilities and its calibration in the store.
 * @param name names the model in errors.
 * @throws NotFoundError when the calibration is gone; InvalidModelError when it is none.
 */
export async function calibratedAnswers(store: ArtifactStore, name: string, calibration: ArtifactRef, proba: Matrix<Float32Array>): Promise<CalibratedAnswer[]> {
  const { calibrator, summary, alphas, thresholds } = decodeCalibration(name, await store.get(calibration));
  const calibrated = calibrator.apply(proba);
  return Array.from(argmaxRows(calibrated), (digit, row) => {
    const own = rowsBetween(calibrated, row, row + 1).data;
    const confidence = own[digit] ?? 0;
    return {
      digit,
      probabilities: [...own],
      rejection: summary.rejection.map(({ target, threshold }) => ({ risk: target, threshold, rejected: threshold === null || confidence < threshold })),
      sets: alphas.map((alpha, i) => ({ alpha, digits: predictionSet(SCORES.lac, thresholds.lac[i] ?? [], own) })),
    };
  });
}
