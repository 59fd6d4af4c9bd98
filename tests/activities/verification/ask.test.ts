import assert from 'node:assert/strict';
import { join } from 'node:path';
import { ask } from '../../../activities/verification/ask.js';
import type { Asked } from '../../../activities/verification/ask.js';
import type { Verification } from '../../../activities/verification/verification.js';
import type { Matrix } from '../../../ml/matrix.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const ROWS = 2_000;
const THRESHOLD = Math.fround(0.3);

describe('what a runtime answers for a model that jumps', () => {
  const folder = temporaryFolder();
  const values = Float32Array.from({ length: ROWS }, (_, row) => (row === 7 ? THRESHOLD : row / ROWS));
  const answer = (data: Float32Array): Matrix<Float32Array> => ({
    rows: data.length, columns: 10, data: Float32Array.from({ length: 10 * data.length }, (_, i) => (i % 10 === ((data[Math.floor(i / 10)] ?? NaN) <= THRESHOLD ? 1 : 2) ? 1 : 0)),
  });
  const expected = answer(values);
  let calls = 0;
  let loads = 0;
  let disposed = 0;
  const asked = (rule: Asked['rule']): Asked => ({
    rule, rows: { values, shape: [ROWS, 1], expected, labels: new Uint8Array(ROWS) },
    load: async () => {
      loads += 1;
      return { predictProba: async ({ data }) => answer(data as Float32Array), dispose: () => (disposed += 1) };
    },
  });
  const judged = (changedRows: readonly number[], rule: Asked['rule'] = 'almost-everywhere'): Promise<Omit<Verification, 'model' | 'format' | 'origin'>> => {
    const probabilities = expected.data.slice();
    for (const row of changedRows) {
      probabilities[10 * row + 1] = 1 - (probabilities[10 * row + 1] ?? NaN);
      probabilities[10 * row + 2] = 1 - (probabilities[10 * row + 2] ?? NaN);
    }
    return ask(async () => ({ runtime: 'a runtime', probabilities }), { files: {}, rows: { values, shape: [ROWS, 1] }, folder: join(folder(), String((calls += 1))) }, asked(rule));
  };

  it('agrees without the model where no row differs', async () => {
    assert.equal((await judged([])).verdict, 'agrees');
    assert.equal(loads, 0);
  });

  it('agrees on a row that is shown to be a tie, and says so', async () => {
    const { verdict, ties, rowsWithoutTie, reason } = await judged([7]);
    assert.deepEqual([verdict, ties, rowsWithoutTie], ['agrees', 1, undefined]);
    assert.match(reason ?? '', /1 of 2000 rows differ, each a tie/);
    assert.deepEqual([loads, disposed], [1, 1]);
  });

  it('disagrees on a single row that is none, and names it', async () => {
    const { verdict, ties, rowsWithoutTie, reason } = await judged([7, 1200]);
    assert.deepEqual([verdict, ties, rowsWithoutTie], ['disagrees', 1, [1200]]);
    assert.match(reason ?? '', /no ties, .*: 1200$/);
  });

  it('disagrees where more than one row in a thousand differs, ties or not, and of other models where any does', async () => {
    assert.equal((await judged([7, 8, 9])).verdict, 'disagrees');
    assert.equal((await judged([7], 'everywhere')).verdict, 'disagrees');
  });
});
