import { InvalidModelError } from '../../shared/errors.js';
import { SMALLEST } from '../ensembles/label-probabilities.js';
import { softmaxRow } from '../ensembles/softmax-row.js';
import type { Matrix } from '../matrix.js';
import type { Calibrator, CalibratorKind } from './calibrator.js';
import { checkColumns } from './check-columns.js';
import { checkLabelledProbabilities } from './check-probabilities.js';
import { learntArray } from './learnt-array.js';

const STEEPEST = 20; // inverse temperatures lie in [1 / 20, 20]: a model without a validation error would ask for infinity
const ITERATIONS = 100;
const FLAT = 1e-9;

/**
 * Temperature scaling (Guo et al., "On Calibration of Modern Neural Networks", 2017): softmax(log p / T), with the one T that has the
 * smallest log-loss. The order of the classes stays; only how sure a model is changes. Probabilities are clipped at 1e-6 before, as those of an ensemble's bases.
 */
export const temperatureScaling: CalibratorKind = {
  method: 'temperature',

  fit(proba, labels) {
    checkLabelledProbabilities(proba, labels);
    return withInverse(solve(clippedLogs(proba.data), proba.columns, labels), proba.columns);
  },

  load(arrays) {
    const [columns, inverse] = learntArray(arrays, 'calibrator.temperature', 2);
    if (!(inverse > 0)) throw new InvalidModelError(`Not a calibrator: its inverse temperature is ${inverse}, expected a number above 0.`);
    return withInverse(inverse, columns);
  },
};

function withInverse(inverse: number, columns: number): Calibrator {
  return {
    method: 'temperature',
    columns,
    description: `temperature ${Number((1 / inverse).toPrecision(3))}`,
    apply(proba: Matrix<Float32Array>): Matrix<Float32Array> {
      checkColumns(proba, columns);
      const logs = clippedLogs(proba.data);
      const data = new Float32Array(logs.length);
      const row = new Float64Array(columns);
      for (let from = 0; from < data.length; from += columns) {
        scaledSoftmax(logs, from, inverse, row);
        data.set(row, from);
      }
      return { rows: proba.rows, columns, data };
    },
    arrays: () => ({ 'calibrator.temperature': { data: Float64Array.of(columns, inverse), shape: [2] } }),
  };
}

function clippedLogs(proba: Float32Array): Float64Array {
  const logs = new Float64Array(proba.length);
  for (let i = 0; i < logs.length; i++) logs[i] = Math.log(Math.max(SMALLEST, proba[i]));
  return logs;
}

function scaledSoftmax(logs: Float64Array, from: number, inverse: number, out: Float64Array): void {
  for (let k = 0; k < out.length; k++) out[k] = inverse * logs[from + k];
  softmaxRow(out);
}

/** Newton's method on the inverse temperature, in which the loss is convex, kept between two bounds by bisection. */
function solve(logs: Float64Array, columns: number, labels: Uint8Array): number {
  let [low, high] = [1 / STEEPEST, STEEPEST];
  let inverse = 1;
  for (let i = 0; i < ITERATIONS; i++) {
    const { slope, curvature } = derivatives(logs, columns, labels, inverse);
    if (Math.abs(slope) <= FLAT) return inverse; // equal probabilities everywhere: any temperature would do
    if (slope > 0) high = inverse;
    else low = inverse;
    const newton = inverse - slope / curvature;
    const next = newton > low && newton < high ? newton : Math.sqrt(low * high);
    if (Math.abs(next - inverse) <= 1e-12 * inverse) return next;
    inverse = next;
  }
  return inverse;
}

/** Of the mean log-loss by the inverse temperature: the mean over rows of E[log p] - log p(label), and of the variance of log p. */
function derivatives(logs: Float64Array, columns: number, labels: Uint8Array, inverse: number): { slope: number; curvature: number } {
  const row = new Float64Array(columns);
  let [slope, curvature] = [0, 0];
  for (let index = 0, from = 0; index < labels.length; index++, from += columns) {
    scaledSoftmax(logs, from, inverse, row);
    let [mean, square] = [0, 0];
    for (let k = 0; k < columns; k++) {
      const log = logs[from + k] - logs[from + labels[index]];
      mean += row[k] * log;
      square += row[k] * log * log;
    }
    slope += mean;
    curvature += square - mean * mean;
  }
  return { slope: slope / labels.length, curvature: curvature / labels.length };
}
