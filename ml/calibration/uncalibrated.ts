import type { Matrix } from '../matrix.js';
import type { Calibrator, CalibratorKind } from './calibrator.js';
import { checkColumns } from './check-columns.js';
import { checkLabelledProbabilities } from './check-probabilities.js';
import { learntArray } from './learnt-array.js';

/** Probabilities as they are: what the other methods have to beat. */
export const uncalibrated: CalibratorKind = {
  method: 'none',
  fit(proba, labels) {
    checkLabelledProbabilities(proba, labels);
    return withColumns(proba.columns);
  },
  load: (arrays) => withColumns(learntArray(arrays, 'calibrator.columns', 1)[0]),
};

function withColumns(columns: number): Calibrator {
  return {
    method: 'none',
    columns,
    description: 'as they are',
    apply(proba: Matrix<Float32Array>): Matrix<Float32Array> {
      checkColumns(proba, columns);
      return { ...proba, data: proba.data.slice() };
    },
    arrays: () => ({ 'calibrator.columns': { data: Float64Array.of(columns), shape: [1] } }),
  };
}
