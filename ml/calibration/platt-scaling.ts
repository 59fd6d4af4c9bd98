import { SMALLEST } from '../ensembles/label-probabilities.js';
import type { Matrix } from '../matrix.js';
import type { Calibrator, CalibratorKind } from './calibrator.js';
import { checkColumns } from './check-columns.js';
import { checkLabelledProbabilities } from './check-probabilities.js';
import { fitSigmoid, sigmoid } from './fit-sigmoid.js';
import type { Sigmoid } from './fit-sigmoid.js';
import { learntArray } from './learnt-array.js';
import { normaliseRows } from './normalise-rows.js';

/**
 * Platt scaling of many classes: a sigmoid of each class's log-odds, one class against the rest, normalised over the classes
 * (Niculescu-Mizil and Caruana, "Predicting Good Probabilities with Supervised Learning", 2005). Log-odds are taken within +-13.8.
 */
export const plattScaling: CalibratorKind = {
  method: 'platt',

  fit(proba, labels) {
    checkLabelledProbabilities(proba, labels);
    const { columns } = proba;
    const positive = new Uint8Array(labels.length);
    return withSigmoids(Array.from({ length: columns }, (_, k) => {
      for (let row = 0; row < labels.length; row++) positive[row] = labels[row] === k ? 1 : 0;
      return fitSigmoid(logOddsOf(proba, k), positive);
    }));
  },

  load(arrays) {
    const slopes = learntArray(arrays, 'calibrator.slopes');
    const offsets = learntArray(arrays, 'calibrator.offsets', slopes.length);
    return withSigmoids(Array.from(slopes, (slope, k) => ({ slope, offset: offsets[k] })));
  },
};

function withSigmoids(sigmoids: readonly Sigmoid[]): Calibrator {
  const columns = sigmoids.length;
  const slopes = sigmoids.map(({ slope }) => slope);
  return {
    method: 'platt',
    columns,
    description: `sigmoids of slope ${Math.min(...slopes).toFixed(2)} to ${Math.max(...slopes).toFixed(2)}`,
    apply(proba: Matrix<Float32Array>): Matrix<Float32Array> {
      checkColumns(proba, columns);
      const weights = new Float64Array(proba.data.length);
      for (const [k, { slope, offset }] of sigmoids.entries()) {
        const scores = logOddsOf(proba, k);
        for (let row = 0, at = k; row < proba.rows; row++, at += columns) weights[at] = sigmoid(slope * scores[row] + offset);
      }
      return normaliseRows(weights, columns);
    },
    arrays: () => ({
      'calibrator.slopes': { data: Float64Array.from(slopes), shape: [columns] },
      'calibrator.offsets': { data: Float64Array.from(sigmoids, ({ offset }) => offset), shape: [columns] },
    }),
  };
}

/** log(p / (1 - p)) of one class in every row. The other classes are summed, since 1 - p keeps few digits of a p near 1. */
function logOddsOf({ rows, columns, data }: Matrix<Float32Array>, k: number): Float64Array {
  const odds = new Float64Array(rows);
  for (let row = 0, from = 0; row < rows; row++, from += columns) {
    let others = 0;
    for (let j = 0; j < columns; j++) if (j !== k) others += data[from + j];
    odds[row] = Math.log(Math.max(SMALLEST, data[from + k])) - Math.log(Math.max(SMALLEST, others));
  }
  return odds;
}
