import { InvalidModelError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import type { Calibrator, CalibratorKind } from './calibrator.js';
import { checkColumns } from './check-columns.js';
import { checkLabelledProbabilities } from './check-probabilities.js';
import { fitIsotonic, isotonicAt } from './isotonic-curve.js';
import type { IsotonicCurve } from './isotonic-curve.js';
import { learntArray } from './learnt-array.js';
import { normaliseRows } from './normalise-rows.js';

/**
 * Isotonic calibration: a non-decreasing curve for each class's probability, one class against the rest, normalised over the classes
 * (Zadrozny and Elkan, "Transforming Classifier Scores into Accurate Multiclass Probability Estimates", 2002). It assumes least of all
 * methods and needs most rows; a probability may become exactly 0, and rows may become equal.
 */
export const isotonicCalibration: CalibratorKind = {
  method: 'isotonic',

  fit(proba, labels) {
    checkLabelledProbabilities(proba, labels);
    const { rows, columns, data } = proba;
    const [x, y] = [new Float64Array(rows), new Uint8Array(rows)];
    return withCurves(Array.from({ length: columns }, (_, k) => {
      for (let row = 0, at = k; row < rows; row++, at += columns) {
        x[row] = data[at];
        y[row] = labels[row] === k ? 1 : 0;
      }
      return fitIsotonic(x, y);
    }));
  },

  load(arrays) {
    const knots = learntArray(arrays, 'calibrator.knots');
    const values = learntArray(arrays, 'calibrator.values', knots.length);
    const starts = learntArray(arrays, 'calibrator.starts');
    const whole = starts.every((start, i) => Number.isInteger(start) && start > (i === 0 ? -1 : starts[i - 1]));
    if (!whole || starts[0] !== 0 || starts.length < 2 || starts[starts.length - 1] !== knots.length) {
      throw new InvalidModelError('Not a calibrator: calibrator.starts does not cut the knots into classes.');
    }
    return withCurves(Array.from({ length: starts.length - 1 }, (_, k) => ({
      x: knots.slice(starts[k], starts[k + 1]), y: values.slice(starts[k], starts[k + 1]),
    })));
  },
};

function withCurves(curves: readonly IsotonicCurve[]): Calibrator {
  const columns = curves.length;
  const starts = Float64Array.from({ length: columns + 1 }, (_, k) => curves.slice(0, k).reduce((sum, { x }) => sum + x.length, 0));
  const joined = (values: readonly Float64Array[]): Float64Array => Float64Array.from(values.flatMap((part) => [...part]));
  return {
    method: 'isotonic',
    columns,
    description: `curves of ${starts[columns]} knots`,
    apply(proba: Matrix<Float32Array>): Matrix<Float32Array> {
      checkColumns(proba, columns);
      const weights = new Float64Array(proba.data.length);
      for (const [k, curve] of curves.entries()) {
        for (let at = k; at < weights.length; at += columns) weights[at] = isotonicAt(curve, proba.data[at]);
      }
      return normaliseRows(weights, columns);
    },
    arrays: () => ({
      'calibrator.knots': { data: joined(curves.map(({ x }) => x)), shape: [starts[columns]] },
      'calibrator.values': { data: joined(curves.map(({ y }) => y)), shape: [starts[columns]] },
      'calibrator.starts': { data: starts, shape: [columns + 1] },
    }),
  };
}
