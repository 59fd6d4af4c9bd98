import { XgboostBooster } from '../../native/xgboost-booster.js';
import type { XgboostLibrary } from '../../native/xgboost-library.js';
import { XgboostMatrix } from '../../native/xgboost-matrix.js';
import type { LabelledMatrix } from '../matrix.js';
import { asFloats } from './as-floats.js';
import type { FitContext } from './model.js';
import { bestColumns, evenlySpacedRows } from './select-columns.js';
import { parametersOf } from './xgboost-options.js';
import type { XgboostOptions } from './xgboost-options.js';

const ROWS = 10_000;
const ROUNDS = 10;
const OVER = { learningRate: 0.3, subsample: 1, colsample: 0.3 }; // a third of the columns a tree: columns that say the same all get a turn

/** The `options.columns` best columns, best first, by the total gain of their splits in a short boosted run on some fitting rows. */
export async function rankColumns(library: XgboostLibrary, train: LabelledMatrix, options: XgboostOptions, context: FitContext): Promise<number[]> {
  const { x, labels } = evenlySpacedRows(train, ROWS);
  const matrix = new XgboostMatrix(library, asFloats(x).data, [x.rows, x.columns], labels, options.threads);
  const booster = XgboostBooster.create(library, parametersOf({ ...options, ...OVER }, context.seed), [matrix]);
  try {
    for (let round = 0; round < ROUNDS; round++) {
      context.signal.throwIfAborted();
      await booster.update(round, matrix);
      context.progress({ fraction: 0, note: `ranking columns, round ${round + 1}/${ROUNDS}` });
    }
    return bestColumns(booster.featureScores('total_gain'), x.columns, options.columns);
  } finally {
    booster.dispose();
    matrix.dispose();
  }
}
