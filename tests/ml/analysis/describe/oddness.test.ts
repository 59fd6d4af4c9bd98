import assert from 'node:assert/strict';
import { oddnessOf } from '../../../../ml/analysis/describe/oddness.js';
import { subspaceDistances } from '../../../../ml/analysis/describe/subspace-distances.js';
import { createRandom } from '../../../../ml/random.js';
import { mnistSubset } from '../../../support/digits.js';

describe('subspaceDistances', () => {
  const random = createRandom(5);
  const scales = [5, 3, 1, 1, 1];
  const data = Float32Array.from({ length: 2000 * 5 }, (_, i) => 7 + (scales[i % 5] ?? 0) * random.normal());
  const x = { rows: 2000, columns: 5, data };

  it('is Mahalanobis’ distance where the left-over directions are alike', () => {
    const found = subspaceDistances(x, 2);
    const truth = Float64Array.from({ length: 2000 }, (_, row) => Math.hypot(...scales.map((scale, i) => ((data[row * 5 + i] ?? 0) - 7) / scale)));
    found.forEach((distance, row) => assert.ok(Math.abs(distance / (truth[row] ?? 0) - 1) < 0.25, `row ${row}: ${distance}, ${truth[row]}`));
    const inner = [...found.keys()].filter((row) => (truth[row] ?? 0) < 3);
    const ratio = inner.reduce((sum, row) => sum + (found[row] ?? 0) / (truth[row] ?? 1), 0) / inner.length;
    assert.ok(ratio > 1 && ratio < 1.12, `trimming makes the spread a little smaller: ${ratio}`);
  });

  it('does not change when all is scaled and moved', () => {
    const moved = subspaceDistances({ ...x, data: data.map((value) => 4 * value - 100) }, 2);
    subspaceDistances(x, 2).forEach((distance, row) => assert.ok(Math.abs((moved[row] ?? 0) - distance) < 1e-3));
  });

  it('is not fooled by a cluster of outliers', () => {
    const spoilt = data.slice();
    for (let row = 0; row < 60; row++) spoilt[row * 5 + 4] = 40 + random.normal();
    const found = subspaceDistances({ ...x, data: spoilt }, 2);
    const others = found.slice(60).sort();
    assert.ok(Math.min(...found.slice(0, 60)) > 3 * (others[others.length - 1] ?? Infinity));
  });

  it('works on one row, on few rows and on equal rows', () => {
    assert.deepEqual([...subspaceDistances({ rows: 1, columns: 5, data: data.slice(0, 5) }, 2)], [0]);
    assert.ok(subspaceDistances({ rows: 4, columns: 5, data: data.slice(0, 20) }, 2).every((distance) => distance > 0 && Number.isFinite(distance)));
    assert.deepEqual([...subspaceDistances({ rows: 3, columns: 2, data: Float32Array.of(1, 2, 1, 2, 1, 2) }, 2)], [0, 0, 0]);
  });
});

describe('oddnessOf', () => {
  const { x, labels } = mnistSubset({ split: 'train', from: 0, to: 4000 });
  const images = { pixels: x, width: 28, height: 28 };
  const zeros = Uint32Array.from([...labels.keys()].filter((row) => labels[row] === 0));

  it('finds other digits among the zeros: they are among the first eight', () => {
    const foreign = [1, 4, 7, 9].map((label) => labels.indexOf(label));
    const rows = Uint32Array.from([...zeros, ...foreign]);
    const odd = oddnessOf(images, rows);
    const first = [...odd.keys()].sort((a, b) => (odd[b] ?? 0) - (odd[a] ?? 0)).slice(0, 8).map((i) => rows[i] ?? -1);
    for (const row of foreign) assert.ok(first.includes(row), `row ${row} is not among ${first.join(', ')}`);
  });

  it('is 1 for the median image, and looks at shape, not at brightness', () => {
    const even = x.data.map((value) => value & 254);
    const odd = oddnessOf({ ...images, pixels: { ...x, data: even } }, zeros);
    const sorted = odd.slice().sort();
    assert.ok(Math.abs((sorted[sorted.length >> 1] ?? 0) - 1) < 0.01);
    const pale = oddnessOf({ ...images, pixels: { ...x, data: even.map((value) => value / 2) } }, zeros);
    odd.forEach((value, i) => assert.ok(Math.abs(value - (pale[i] ?? 0)) < 1e-3, `${i}: ${value} and ${pale[i]}`));
  });
});
