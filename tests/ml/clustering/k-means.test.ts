import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { kMeans } from '../../../ml/clustering/k-means.js';
import type { Matrix } from '../../../ml/matrix.js';
import { createRandom } from '../../../ml/random.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';
import { mnistSubset } from '../../support/digits.js';

const { tf } = await loadTensorFlow();

interface Golden {
  readonly points: { readonly columns: number; readonly x: readonly number[] };
  readonly kmeans: { readonly start: readonly number[]; readonly labels: readonly number[]; readonly inertia: number };
}
const golden = JSON.parse(readFileSync(new URL('../../../../tests/support/golden/cluster-scores.json', import.meta.url), 'utf8')) as Golden;
const points: Matrix<Float32Array> = { rows: golden.points.x.length / 6, columns: 6, data: Float32Array.from(golden.points.x) };

/** Normal blobs far apart; row i belongs to blob i mod count. */
function blobs(count: number, rows: number, offset = 0): Matrix<Float32Array> {
  const random = createRandom(3);
  const data = new Float32Array(rows * 3);
  for (let row = 0; row < rows; row++) {
    const blob = row % count;
    [20 * blob, 15 * (blob % 2), -9 * (blob % 3)].forEach((centre, column) => (data[3 * row + column] = offset + centre + random.normal()));
  }
  return { rows, columns: 3, data };
}

/** Sum of squared distances to the given centres, straight from the definition. */
function inertiaOf(x: Matrix, centres: Matrix, assignment: Uint16Array, unit = 1): number {
  let sum = 0;
  for (let row = 0; row < x.rows; row++) {
    for (let c = 0; c < x.columns; c++) sum += ((x.data[row * x.columns + c] ?? NaN) * unit - (centres.data[(assignment[row] ?? NaN) * x.columns + c] ?? NaN)) ** 2;
  }
  return sum;
}

describe('k-means', () => {
  for (const offset of [0, 5000]) {
    it(`recovers blobs that are far apart, ${offset} away from the origin`, () => {
      for (const { assignment, converged } of kMeans(tf, blobs(7, 700, offset), { clusters: 7, restarts: 3, seed: 5 })) {
        assert.ok(converged);
        assert.equal(new Set(assignment.subarray(0, 7)).size, 7);
        assignment.forEach((cluster, row) => assert.equal(cluster, assignment[row % 7]));
      }
    });
  }

  it('comes to scikit-learn\'s clusters and inertia from the same start', () => {
    const [run] = kMeans(tf, points, { clusters: 4, seed: 1, tolerance: 0, start: [Uint16Array.from(golden.kmeans.start)] });
    assert.deepEqual([...(run?.assignment ?? [])], golden.kmeans.labels);
    assert.ok(Math.abs((run?.inertia ?? NaN) / golden.kmeans.inertia - 1) < 1e-6, `${run?.inertia}, expected ${golden.kmeans.inertia}`);
  });

  it('never lets the objective rise, and tells the inertia of what it returns', () => {
    const { x } = mnistSubset({ split: 'train', from: 0, to: 1500 });
    const runs = kMeans(tf, x, { clusters: 10, restarts: 3, seed: 2 });
    assert.equal(runs.length, 3);
    for (const { objective, inertia, centres, assignment } of runs) {
      assert.ok(objective.length > 3);
      objective.forEach((value, i) => assert.ok(i === 0 || value <= (objective[i - 1] ?? NaN), `iteration ${i}: ${objective[i - 1]} then ${value}`));
      const expected = inertiaOf(x, centres, assignment, 1 / 255);
      assert.ok(Math.abs(inertia / expected - 1) < 1e-6, `${inertia}, by definition ${expected}`);
    }
    assert.notDeepEqual(runs[0]?.assignment, runs[1]?.assignment);
  });

  it('gives the same bytes for the same seed, and others for another', () => {
    const { x } = mnistSubset({ split: 'train', from: 0, to: 400 });
    const of = (seed: number): Uint16Array[] => kMeans(tf, x, { clusters: 10, restarts: 2, seed }).map(({ assignment }) => assignment);
    assert.deepEqual(of(8), of(8));
    assert.notDeepEqual(of(8), of(9));
  });

  it('gives a cluster that lost all rows another one', () => {
    const x = blobs(2, 60);
    const [run] = kMeans(tf, x, { clusters: 2, seed: 1, start: [new Uint16Array(60)] }); // the second cluster begins without rows
    run?.assignment.forEach((cluster, row) => assert.equal(cluster, run.assignment[row % 2]));
    assert.notEqual(run?.assignment[0], run?.assignment[1]);
  });

  it('can give each row a cluster of its own', () => {
    const [run] = kMeans(tf, blobs(3, 9), { clusters: 9, seed: 1 });
    assert.equal(new Set(run?.assignment).size, 9);
    assert.ok((run?.inertia ?? NaN) < 1e-3);
  });

  it('refuses more clusters than rows, and values that are not finite', () => {
    assert.throws(() => kMeans(tf, blobs(2, 5), { clusters: 6, seed: 1 }), InvalidConfigError);
    assert.throws(() => kMeans(tf, blobs(2, 5), { clusters: 0, seed: 1 }), InvalidConfigError);
    const x = blobs(2, 5);
    x.data[7] = NaN;
    assert.throws(() => kMeans(tf, x, { clusters: 2, seed: 1 }), (error: Error) => error instanceof InvalidDataError && error.message.includes('row 2'));
  });

  it('leaves no tensor behind, even when it is stopped', () => {
    const before = tf.memory().numTensors;
    kMeans(tf, blobs(3, 60), { clusters: 3, restarts: 2, seed: 1 });
    assert.throws(() => kMeans(tf, blobs(3, 60), { clusters: 3, seed: 1 }, () => { throw new Error('stop'); }), /stop/);
    assert.equal(tf.memory().numTensors, before);
  });
});
