import { decodeProbabilities } from '../../ml/data/decode-probabilities.js';
import { rowsBetween } from '../../ml/matrix.js';
import type { Matrix } from '../../ml/matrix.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { StepInput } from '../../shared/step.js';

/**
 * Who teaches a network: a network (role `teacher`), or the mean of probabilities of all training rows (role `teacherProba`), cut to those
 * that are fitted on.
 * @throws InvalidDataError when neither is there, or the probabilities are of different rows.
 */
export function teacherOf(inputs: StepInput['inputs'], rows: number): Uint8Array | Matrix<Float32Array> {
  const [network] = inputs['teacher'] ?? [];
  if (network) return network;
  const [first, ...others] = (inputs['teacherProba'] ?? []).map((bytes, at) => decodeProbabilities(`teacher ${at + 1}`, bytes));
  if (!first) throw new InvalidDataError('A network is to be taught, but no teacher was given: expected the role teacher or teacherProba.');
  let sums = Float64Array.from(first.data);
  for (const [at, { data }] of others.entries()) {
    if (data.length !== sums.length) throw new InvalidDataError(`Teacher ${at + 2} has ${data.length} probabilities, the first ${sums.length}: expected the same rows of both.`);
    sums = sums.map((sum, i) => sum + (data[i] ?? NaN));
  }
  return rowsBetween({ ...first, data: Float32Array.from(sums, (sum) => sum / (1 + others.length)) }, 0, rows);
}
