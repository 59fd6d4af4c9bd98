import type { Matrix } from '../../ml/matrix.js';
import type { ServedModel } from '../../ml/serving/served-model.js';
import type { CancelSignal } from '../../shared/step.js';
import { predictInParts } from './predict-in-parts.js';

/** What a file says of rows, and what ran it. */
export interface ServedProbabilities {
  readonly proba: Matrix<Float32Array>;
  readonly runtime: string;
}

/** Asks a model that was put into service for this once, with a word about progress after every part of the rows. */
export async function servedProbabilities(served: ServedModel, x: Matrix, signal: CancelSignal, progress: (fraction: number) => void): Promise<ServedProbabilities> {
  try {
    return { proba: await predictInParts(served, x, signal, progress), runtime: served.runtime };
  } finally {
    await served.dispose();
  }
}
