import { takeMatrixRows } from '../data/take-matrix-rows.js';
import type { Matrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';
import { deriveSeed } from '../random.js';
import { checkBases } from './check-bases.js';
import type { Bases, EnsembleContext, EnsembleKind } from './ensemble.js';
import { stratifiedFolds } from './stratified-folds.js';

/** Folds in which an ensemble judges itself. */
export const INNER_FOLDS = 5;

/**
 * The ensemble's own out-of-fold probabilities: every row is answered by an ensemble that was fitted on the other folds' rows, so that
 * ensembles can be compared without a further set. float32 [rows, 10].
 * @throws what the kind's `fit` throws.
 */
export async function crossFit<O extends object>(
  kind: EnsembleKind<O>, bases: Bases, labels: Uint8Array, options: O, context: EnsembleContext,
): Promise<Matrix<Float32Array>> {
  checkBases(bases, labels);
  const fold = stratifiedFolds(labels, INNER_FOLDS, context.seed);
  const outOfFold = new Float32Array(labels.length * CLASSES);
  for (let held = 0; held < INNER_FOLDS; held++) {
    const kept = Int32Array.from(fold.keys()).filter((row) => fold[row] !== held);
    const left = Int32Array.from(fold.keys()).filter((row) => fold[row] === held);
    if (left.length === 0) continue;
    const ensemble = await kind.fit(takeBases(bases, kept), Uint8Array.from(kept, (row) => labels[row]), options, {
      ...context,
      seed: deriveSeed(context.seed, held),
      progress: ({ fraction, note, ...update }) => context.progress({ ...update, fraction: (held + fraction) / INNER_FOLDS, note: `fold ${held + 1}/${INNER_FOLDS}${note === undefined ? '' : `, ${note}`}` }),
    });
    try {
      const { data } = await ensemble.predictProba(takeBases(bases, left).probabilities);
      for (const [i, row] of left.entries()) outOfFold.set(data.subarray(i * CLASSES, (i + 1) * CLASSES), row * CLASSES);
    } finally {
      ensemble.dispose();
    }
  }
  return { rows: labels.length, columns: CLASSES, data: outOfFold };
}

function takeBases({ names, probabilities }: Bases, rows: Int32Array): Bases {
  return { names, probabilities: probabilities.map((matrix) => takeMatrixRows(matrix, rows)) };
}
