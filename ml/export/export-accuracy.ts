import type { ExportAccuracy } from '../../shared/exports.js';
import { accuracy } from '../evaluation/accuracy.js';
import { argmaxRows } from '../evaluation/argmax-rows.js';
import { mcnemar } from '../evaluation/mcnemar.js';
import type { Matrix } from '../matrix.js';

const SIGNIFICANT = 0.01;
/** Of accuracy: what rounding to few bits may cost. */
const ALLOWED = 0.01;
/** A file that loses as much is wrong, not coarse. */
const WRONG = 0.2;

/** Accuracy of a file in few bits and of its model on the validation rows, by their probabilities. */
export function exportAccuracy(model: Matrix<Float32Array>, file: Matrix<Float32Array>, labels: Uint8Array): ExportAccuracy {
  const [before, after] = [argmaxRows(model), argmaxRows(file)];
  const { pValue } = mcnemar({ name: 'model', predicted: before }, { name: 'file', predicted: after }, labels);
  return { rows: labels.length, model: accuracy(before, labels), file: accuracy(after, labels), pValue };
}

/** Whether the file keeps its model's accuracy, loses more than it may (a point, by the paired test), or is plainly wrong. */
export function verdictOf({ model, file, pValue }: ExportAccuracy): 'kept' | 'lost' | 'wrong' {
  const loss = model - file;
  if (pValue >= SIGNIFICANT || loss <= ALLOWED) return 'kept';
  return loss > WRONG ? 'wrong' : 'lost';
}
