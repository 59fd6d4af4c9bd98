import { mkdir } from 'node:fs/promises';
import { agreement } from '../../ml/evaluation/agreement.js';
import type { AgreementRule } from '../../ml/evaluation/agreement.js';
import { showTies } from '../../ml/evaluation/show-ties.js';
import type { LoadModel } from '../../ml/evaluation/show-ties.js';
import type { Matrix } from '../../ml/matrix.js';
import { InvalidDataError, InvalidModelError, NativeLibraryError } from '../../shared/errors.js';
import type { OfficialRuntime, RuntimeCall } from './official-runtime.js';
import { RuntimeMissingError } from './runtime-missing-error.js';
import { RuntimeStoppedError } from './runtime-stopped-error.js';
import type { TestRows } from './test-rows.js';
import type { Verification } from './verification.js';

/** What a runtime's answers are compared with. */
export interface Asked {
  readonly rows: TestRows;
  readonly rule: AgreementRule;
  /** The model itself, where a row is to be shown to be a tie. */
  readonly load: LoadModel;
}

/** Has a runtime answer from files, and compares. */
export async function ask(runtime: OfficialRuntime, call: RuntimeCall, { rows, rule, load }: Asked): Promise<Omit<Verification, 'model' | 'format' | 'origin'>> {
  const { expected, labels } = rows;
  await mkdir(call.folder);
  try {
    const answers = await runtime(call);
    if ('differing' in answers) {
      const { differing, tensors } = answers;
      const reason = `tensors that are not the model's: ${differing.join(', ')}`;
      return { verdict: differing.length === 0 ? 'agrees' : 'disagrees', runtime: answers.runtime, tensors, ...(differing.length > 0 && { reason }) };
    }
    if (answers.probabilities.length !== expected.data.length) throw new InvalidModelError(`${answers.runtime} gave ${answers.probabilities.length} numbers, expected ${expected.rows} x ${expected.columns}.`);
    const given = { ...expected, data: answers.probabilities };
    const found = agreement(rule, expected, given, labels);
    const judged = { runtime: answers.runtime, agreement: found };
    if (rule !== 'almost-everywhere' || found.rowsOff === 0 || !found.agrees) return { verdict: found.agrees ? 'agrees' : 'disagrees', ...judged };
    return { ...judged, ...(await shownToBeTies(load, rows, given)) };
  } catch (error) {
    if (error instanceof RuntimeMissingError || error instanceof RuntimeStoppedError || error instanceof NativeLibraryError) return { verdict: 'not-verified', reason: error.message };
    if (error instanceof InvalidModelError || error instanceof InvalidDataError) return { verdict: 'disagrees', reason: error.message };
    throw error;
  }
}

/** Has the model itself show that each row on which its file differs is a tie. */
async function shownToBeTies(load: Asked['load'], { values, expected }: TestRows, given: Matrix<Float32Array>): Promise<Pick<Verification, 'verdict' | 'ties' | 'rowsWithoutTie' | 'reason'>> {
  const x = { rows: expected.rows, columns: values.length / expected.rows, data: values };
  const { off, without } = await showTies(load, x, { model: expected, file: given });
  if (without.length === 0) return { verdict: 'agrees', ties: off.length, reason: `${off.length} of ${expected.rows} rows differ, each a tie: but for rounding of the row the model itself gives both answers` };
  return { verdict: 'disagrees', ties: off.length - without.length, rowsWithoutTie: without, reason: `rows that are no ties, for which the model itself does not give both answers, however they are rounded: ${without.join(', ')}` };
}
