import assert from 'node:assert/strict';
import { bestShift } from '../../../../ml/analysis/duplicates/best-shift.js';
import { exactDuplicates } from '../../../../ml/analysis/duplicates/exact-duplicates.js';
import { nearDuplicates } from '../../../../ml/analysis/duplicates/near-duplicates.js';
import { neighbourGraphs } from '../../../../ml/analysis/duplicates/neighbour-graphs.js';
import { plainCorrelation } from '../../../../ml/analysis/duplicates/plain-correlation.js';
import { reRank } from '../../../../ml/analysis/duplicates/re-rank.js';
import { recentred } from '../../../../ml/analysis/duplicates/recentred.js';
import { searchRecall } from '../../../../ml/analysis/duplicates/search-recall.js';
import type { Images } from '../../../../ml/data/decode-images.js';
import { createRandom } from '../../../../ml/random.js';
import { loadedTensorFlow } from '../../../../ml/reductions/loaded-tensorflow.js';
import { mnistSubset } from '../../../support/digits.js';

const { tf, algebra } = await loadedTensorFlow();
const SIDE = 28;
const AREA = SIDE * SIDE;
const images = (split: 'train' | 'test', rows: number): Images =>
  ({ width: SIDE, height: SIDE, pixels: mnistSubset({ split, from: 0, to: rows }).x });

/** An image moved by whole pixels, with noise on every pixel. */
function copyOf(image: Uint8Array, right: number, down: number, noise: number): Uint8Array {
  const random = createRandom(4);
  return Uint8Array.from(image, (_, at) => {
    const [x, y] = [(at % SIDE) - right, Math.floor(at / SIDE) - down];
    const value = x >= 0 && x < SIDE && y >= 0 && y < SIDE ? image[y * SIDE + x] ?? 0 : 0;
    return Math.max(0, Math.min(255, Math.round(value + noise * random.normal())));
  });
}

const row = ({ pixels }: Images, at: number): Uint8Array => pixels.data.subarray(at * AREA, (at + 1) * AREA);

describe('exact duplicates', () => {
  it('are groups of rows with the same bytes', () => {
    const { pixels } = images('train', 50);
    assert.deepEqual(exactDuplicates(pixels), []);
    pixels.data.copyWithin(7 * AREA, 3 * AREA, 4 * AREA);
    pixels.data.copyWithin(40 * AREA, 3 * AREA, 4 * AREA);
    pixels.data.copyWithin(49 * AREA, AREA, 2 * AREA);
    assert.deepEqual(exactDuplicates(pixels), [[1, 49], [3, 7, 40]]);
  });

  it('leave out rows that differ in one bit', () => {
    const data = Uint8Array.from({ length: 4 * AREA }, (_, i) => (i < AREA ? 0 : i === AREA + 5 ? 1 : 0));
    assert.deepEqual(exactDuplicates({ rows: 4, columns: AREA, data }), [[0, 2, 3]]);
  });
});

describe('alike images', () => {
  it('correlate fully at the shift that was made', () => {
    const image = row(images('train', 3), 2);
    for (const [right, down] of [[0, 0], [1, 0], [-1, 1], [0, -1]] as const) {
      const best = bestShift(image, 0, copyOf(image, right, down, 0), 0, SIDE, SIDE);
      assert.ok(best.correlation > 1 - 1e-9);
      assert.deepEqual([best.right + right, best.down + down], [0, 0]);
    }
  });

  it('correlate by their distance as by their pixels', () => {
    const { pixels } = images('train', 30);
    const { between } = plainCorrelation(pixels, pixels);
    const { indices, squares } = reRank(pixels, pixels, Int32Array.from({ length: 30 }, (_, i) => (i + 1) % 30), 1);
    for (let i = 0; i < 30; i++) {
      const [a, b] = [row({ pixels, width: SIDE, height: SIDE }, i), row({ pixels, width: SIDE, height: SIDE }, indices[i] ?? 0)];
      const mean = (v: Uint8Array): number => v.reduce((sum, value) => sum + value, 0) / AREA;
      const [ma, mb] = [mean(a), mean(b)];
      const dot = (u: Uint8Array, mu: number, v: Uint8Array, mv: number): number => u.reduce((sum, value, at) => sum + (value - mu) * ((v[at] ?? 0) - mv), 0);
      const expected = dot(a, ma, b, mb) / Math.sqrt(dot(a, ma, a, ma) * dot(b, mb, b, mb));
      assert.ok(Math.abs(between(i, indices[i] ?? 0, squares[i] ?? 0) - expected) < 1e-9);
    }
  });

  it('are blank without a number', () => {
    assert.equal(bestShift(new Uint8Array(AREA), 0, new Uint8Array(AREA), 0, SIDE, SIDE).correlation, 0);
  });
});

describe('recentring', () => {
  it('moves no MNIST image and undoes a shift', () => {
    const digits = images('train', 200);
    assert.deepEqual(recentred(digits), digits.pixels.data);
    const original = row(digits, 5);
    const moved = { width: SIDE, height: SIDE, pixels: { rows: 1, columns: AREA, data: copyOf(original, 2, -1, 0) } };
    assert.deepEqual(recentred(moved), original.slice());
  });
});

describe('near-duplicates', () => {
  const train = images('train', 1500);
  const test = images('test', 300);
  const planted = [
    { query: 10, row: 100, of: [0, 0, 0] }, { query: 11, row: 101, of: [1, 0, 0] }, { query: 12, row: 102, of: [0, -1, 8] },
    { query: 13, row: 103, of: [-1, 1, 8] }, { query: 14, row: 104, of: [0, 0, 12] },
  ] as const;
  for (const { query, row: source, of: [right, down, noise] } of planted) test.pixels.data.set(copyOf(row(train, source), right, down, noise), query * AREA);
  train.pixels.data.set(copyOf(row(train, 20), 1, 1, 6), 1400 * AREA);
  const { graph, testGraph, moved, search } = neighbourGraphs(algebra, train, test, { neighbours: 15, fitRows: 1200 }, () => undefined);

  it('find copies that were moved and noised, and nothing else', () => {
    const found = nearDuplicates(moved.test, moved.train, testGraph).filter(({ nearDuplicate }) => nearDuplicate);
    assert.deepEqual(found.map(({ query, row: at }) => [query, at]).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0)), planted.map(({ query, row: at }) => [query, at]));
    const within = nearDuplicates(moved.train, moved.train, graph).filter(({ nearDuplicate }) => nearDuplicate);
    assert.deepEqual(within.map(({ query, row: at }) => [query, at]), [[20, 1400]]);
  });

  it('are listed once each, the closest first', () => {
    const pairs = nearDuplicates(moved.train, moved.train, graph);
    assert.equal(new Set(pairs.map(({ query, row: at }) => `${query} ${at}`)).size, pairs.length);
    assert.ok(pairs.every(({ query, row: at }) => query < at));
    pairs.forEach(({ relative }, i) => assert.ok(i === 0 || relative >= (pairs[i - 1]?.relative ?? NaN)));
    assert.equal(nearDuplicates(moved.test, moved.train, testGraph)[0]?.relative, 0); // an exact copy
  });

  it('come from a search that holds the true neighbours', () => {
    assert.equal(search.components, 32);
    const recall = searchRecall(tf, moved.train.pixels, graph, 150);
    assert.ok(recall.first >= 0.99 && recall.all >= 0.9, JSON.stringify(recall));
    const wrong = { ...graph, squares: graph.squares.map((square) => 2 * square) };
    assert.ok(searchRecall(tf, moved.train.pixels, wrong, 150).first < 0.1);
  });
});
