import assert from 'node:assert/strict';
import { surelyRightRows } from '../../../ml/explanations/surely-right-rows.js';

describe('surelyRightRows', () => {
  /** Two digits; each row says its label, its answer and how sure it is of it. */
  const rows = (...of: readonly (readonly [label: number, answer: number, confidence: number])[]): [Parameters<typeof surelyRightRows>[0], Uint8Array, Uint8Array] => [
    { rows: of.length, columns: 2, data: Float32Array.from(of.flatMap(([, answer, confidence]) => (answer === 0 ? [confidence, 1 - confidence] : [1 - confidence, confidence]))) },
    Uint8Array.from(of, ([, answer]) => answer), Uint8Array.from(of, ([label]) => label),
  ];

  it('takes of the sure right rows of each digit those in the middle of equal parts', () => {
    const sure = [0, 0, 0, 0, 0, 1].map((digit) => [digit, digit, 0.995] as const);
    assert.deepEqual(surelyRightRows(...rows(...sure), 2), [2, 5]);
    assert.deepEqual(surelyRightRows(...rows(...sure), 1), [5]);
    assert.deepEqual(surelyRightRows(...rows(...sure.slice(0, 5), [1, 1, 0.995], [1, 1, 0.995]), 3), [2, 5, 6]);
  });

  it('takes no wrong row, however sure, and the surest where a digit has not enough sure ones', () => {
    const given = rows([0, 1, 0.999], [0, 0, 0.7], [0, 0, 0.9], [0, 0, 0.8], [1, 0, 0.999], [1, 1, 0.999]);
    assert.deepEqual(surelyRightRows(...given, 4), [2, 3, 5]);
  });
});
