import assert from 'node:assert/strict';
import { rowsWithoutTie } from '../../../ml/evaluation/rows-without-tie.js';
import type { Answering } from '../../../ml/evaluation/rows-without-tie.js';
import type { Matrix } from '../../../ml/matrix.js';
import { model as knn } from '../../../ml/models/knn.js';
import { model as forest } from '../../../ml/models/random-forest.js';
import { unpackForest } from '../../../ml/trees/forest.js';
import { decodeForest } from '../../../ml/trees/forest-bytes.js';
import { toyDigits } from '../../support/digits.js';
import { labelled, noRows, QUIET } from '../../support/fit-context.js';

const matrix = (...rows: readonly (readonly number[])[]): Matrix<Float32Array> => ({ rows: rows.length, columns: rows[0]?.length ?? 0, data: Float32Array.from(rows.flat()) });
/** The float32 number so many places above or below. */
const moved = (value: number, steps: number): number => new Float32Array(Int32Array.of((new Int32Array(Float32Array.of(value).buffer)[0] ?? 0) + steps).buffer)[0] ?? NaN;

describe('rows on which a file may differ from a model that jumps', () => {
  const [A, B] = [[0.9, 0.1], [0.2, 0.8]] as const;
  const THRESHOLD = Math.fround(0.3);
  /** Left of the threshold one answer, right of it the other. */
  const stump: Answering = async ({ rows, columns, data }) => matrix(...Array.from({ length: rows }, (_, row) => ((data[row * columns] ?? NaN) <= THRESHOLD ? A : B)));

  it('are those at a threshold or next to it, where the file answers as the other side does', async () => {
    const x = matrix(...[0, 1, 2, 3, 4].map((steps) => [moved(THRESHOLD, steps), 0.5]), [moved(THRESHOLD, -1), 0.5], [moved(THRESHOLD, -2), 0.5]);
    const file = matrix(B, A, A, A, A, B, B);
    assert.deepEqual(await rowsWithoutTie(stump, x, { model: await stump(x), file }, [0, 1, 2, 3, 4, 5, 6]), [3, 4, 6]);
  });

  it('are not those where the file answers as neither side does, nor those away from every threshold', async () => {
    const x = matrix([THRESHOLD, 1], [0.31, 1], [0, 0], [moved(THRESHOLD, 1), 1]);
    const model = await stump(x);
    assert.deepEqual(await rowsWithoutTie(stump, x, { model, file: matrix([0.5, 0.5], A, B, A) }, [0, 1, 2, 3]), [0, 1, 2]);
    assert.deepEqual(await rowsWithoutTie(stump, x, { model, file: matrix([NaN, NaN], A, B, A) }, [0]), [0]);
    assert.deepEqual(await rowsWithoutTie(stump, x, { model, file: matrix(A, A, B, A) }, []), []);
  });

  it('are not those where what is kept of the model is not its answer', async () => {
    const x = matrix([THRESHOLD, 1], [0.2, 1]);
    assert.deepEqual(await rowsWithoutTie(stump, x, { model: matrix([0.5, 0.5], B), file: matrix(A, A) }, [0, 1]), [0, 1]);
  });

  it('are shown by numbers that are each moved by themselves, where several must go different ways', async () => {
    // Right of one threshold and left of another one.
    const both: Answering = async ({ rows, data }) => matrix(...Array.from({ length: rows }, (_, row) => ((data[2 * row] ?? NaN) > THRESHOLD && (data[2 * row + 1] ?? NaN) < THRESHOLD ? A : B)));
    assert.deepEqual(await rowsWithoutTie(both, matrix([THRESHOLD, THRESHOLD]), { model: matrix(B), file: matrix(A) }, [0]), []);
  });

  it('are found in a forest where one node sends a row the other way, and only there', async () => {
    const digits = toyDigits({ rows: 200, seed: 4 });
    const x = { ...digits.x, data: Float32Array.from(digits.x.data, (value) => Math.fround(0.1 + value / 300)) };
    const trees = await forest.fit({ x, labels: digits.labels }, noRows(784), { ...forest.defaults, trees: 3, threads: 1 }, QUIET);
    const { thresholds, columns } = unpackForest(decodeForest(await trees.save(), 'random forest').packed);
    const root = columns[0] ?? 0;
    const ask: Answering = (rows) => trees.predictProba(rows);
    const at = { ...x, rows: 1, data: x.data.slice(0, 784) };
    const answer = async (value: number): Promise<Matrix<Float32Array>> => {
      at.data[root] = value;
      return ask(at);
    };
    const threshold = thresholds[0] ?? NaN;
    const [left, right] = [await answer(threshold), await answer(moved(threshold, 1))];
    assert.notDeepEqual(left.data, right.data);
    await answer(threshold);
    assert.deepEqual(await rowsWithoutTie(ask, at, { model: left, file: right }, [0]), []);
    const odd = { ...right, data: right.data.map((value, i) => value + (i < 2 ? 0.01 * (1 - 2 * i) : 0)) };
    assert.deepEqual(await rowsWithoutTie(ask, at, { model: left, file: odd }, [0]), [0]);
    const away = await answer(threshold + 0.01);
    assert.deepEqual(await rowsWithoutTie(ask, at, { model: away, file: left }, [0]), [0]);
  });

  it('are found among neighbours that are as far, and only there', async () => {
    const rows = [[0.4, 0.1], [0.6, 0.1], [0.1, 0.9], [0.9, 0.9]];
    const neighbours = await knn.fit(labelled(rows, [1, 2, 3, 4]), noRows(2), { ...knn.defaults, neighbours: 1, weights: 'uniform' }, QUIET);
    const ask: Answering = (x) => neighbours.predictProba(x);
    const of = async (value: number): Promise<Float32Array> => (await ask(matrix([value, 0.1]))).data;
    const [one, two] = [await of(0.45), await of(0.55)];
    const middle = await of(0.5);
    const answers = (data: Float32Array): Matrix<Float32Array> => ({ rows: 1, columns: 10, data });
    const other = answers(middle.every((value, i) => value === one[i]) ? two : one);
    assert.deepEqual(await rowsWithoutTie(ask, matrix([0.5, 0.1]), { model: answers(middle), file: other }, [0]), []);
    assert.deepEqual(await rowsWithoutTie(ask, matrix([0.45, 0.1]), { model: answers(one), file: answers(two) }, [0]), [0]);
  });
});
