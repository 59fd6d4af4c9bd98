import assert from 'node:assert/strict';
import { teacherOf } from '../../../activities/tasks/teacher-of.js';
import { encodeNpy } from '../../../ml/data/npy.js';
import { InvalidDataError } from '../../../shared/errors.js';

describe('who teaches a network', () => {
  const proba = (from: number, rows = 3): Uint8Array => encodeNpy(Float32Array.from({ length: 10 * rows }, (_, i) => from + i / 64), [rows, 10]);

  it('is a network where one is given, else the mean of all probabilities, of the rows that are fitted on', () => {
    const network = Uint8Array.of(1, 2);
    assert.equal(teacherOf({ teacher: [network], teacherProba: [proba(1)] }, 2), network);
    const mean = teacherOf({ teacherProba: [proba(1), proba(2), proba(6)] }, 2);
    assert.deepEqual(mean, { rows: 2, columns: 10, data: Float32Array.from({ length: 20 }, (_, i) => 3 + i / 64) });
  });

  it('is refused where there is none, or the rows are not the same', () => {
    assert.throws(() => teacherOf({}, 2), (error) => error instanceof InvalidDataError && /no teacher was given/.test(error.message));
    assert.throws(() => teacherOf({ teacherProba: [proba(1), proba(1, 4)] }, 2), (error) => error instanceof InvalidDataError && /Teacher 2 has 40 probabilities, the first 30/.test(error.message));
  });
});
