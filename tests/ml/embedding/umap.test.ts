import assert from 'node:assert/strict';
import { curveParameters } from '../../../ml/embedding/curve-parameters.js';
import { fuzzyGraph } from '../../../ml/embedding/fuzzy-graph.js';
import { neighbourAccuracy } from '../../../ml/embedding/neighbour-accuracy.js';
import { powerTable } from '../../../ml/embedding/power-table.js';
import { trustworthiness } from '../../../ml/embedding/trustworthiness.js';
import { umap } from '../../../ml/embedding/umap.js';
import { rowsBetween } from '../../../ml/matrix.js';
import { nearestNeighbours } from '../../../ml/neighbours/nearest-neighbours.js';
import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';
import { clusters } from './clusters.js';

describe('umap', () => {
  const { x, labels } = clusters(400, 5, 4, 12, 2);

  it('keeps clusters apart that are apart, and neighbours together', () => {
    const map = umap(x, { seed: 1, epochs: 200 });
    assert.equal(neighbourAccuracy(map, labels), 1);
    assert.ok(trustworthiness(x, map) > 0.9, `trustworthiness ${trustworthiness(x, map)}`);
  });

  it('lays points closer together the smaller the minimal distance is', () => {
    const nearest = [0.01, 0.8].map((minDistance) => {
      const { distances } = nearestNeighbours(umap(x, { seed: 1, minDistance, epochs: 200 }), 1);
      return distances.toSorted()[200] ?? NaN;
    });
    assert.ok((nearest[0] ?? NaN) < 0.5 * (nearest[1] ?? NaN), nearest.join(' '));
  });

  it('gives the same map for the same rows and seed, another for another seed', () => {
    const map = (seed: number): Float32Array => umap(x, { seed, epochs: 20 }).data;
    assert.deepEqual(map(1), map(1));
    assert.notDeepEqual(map(1), map(2));
  });

  it('refuses too many neighbours for the rows, no epochs, a minimal distance below 0, and NaN', () => {
    assert.throws(() => umap(rowsBetween(x, 0, 14), { seed: 1 }), InvalidConfigError);
    assert.throws(() => umap(x, { seed: 1, neighbours: 1 }), InvalidConfigError);
    assert.throws(() => umap(x, { seed: 1, epochs: 0 }), InvalidConfigError);
    assert.throws(() => umap(x, { seed: 1, minDistance: -0.1 }), InvalidConfigError);
    assert.throws(() => umap({ ...x, data: x.data.map((value, i) => (i === 1234 ? NaN : value)) }, { seed: 1 }), InvalidDataError);
  });
});

describe('curveParameters', () => {
  it('are umap-learn\'s for its usual distances', () => {
    for (const [distance, a, b] of [[0.1, 1.57694, 0.89506], [0.5, 0.58303, 1.33417]] as const) {
      const found = curveParameters(distance);
      assert.ok(Math.abs(found.a - a) < 1e-4 && Math.abs(found.b - b) < 1e-4, `${distance}: ${found.a}, ${found.b}`);
    }
  });
});

describe('fuzzyGraph', () => {
  it('is symmetric with memberships up to 1, which each row\'s nearest neighbour has', () => {
    const { x } = clusters(150, 4, 3, 5, 4);
    const near = nearestNeighbours(x, 9);
    const { rows, starts, columns, weights } = fuzzyGraph(near);
    const weightOf = (row: number, column: number): number => {
      const edge = columns.subarray(starts[row], starts[row + 1]).indexOf(column);
      return edge < 0 ? 0 : (weights[(starts[row] ?? NaN) + edge] ?? NaN);
    };
    for (let row = 0; row < rows; row++) {
      assert.equal(weightOf(row, near.indices[9 * row] ?? NaN), 1);
      for (let edge = starts[row] ?? NaN; edge < (starts[row + 1] ?? NaN); edge++) {
        const weight = weights[edge] ?? NaN;
        assert.ok(weight > 0 && weight <= 1);
        assert.equal(weight, weightOf(columns[edge] ?? NaN, row));
      }
    }
  });

  it('gives a row memberships that sum to the logarithm of the neighbours, before they are united', () => {
    // no row is a neighbour of its neighbours but the first, so that its edges stay as they were
    const data = Float32Array.of(0, 0, 1, 0, -1.5, 0, 0, 2.5, 0, -3);
    const near = { rows: 5, k: 4, indices: Int32Array.of(1, 2, 3, 4, ...Array.from({ length: 16 }, (_, i) => [2, 3, 4, 0][i % 4] ?? 0)), distances: Float32Array.from({ length: 20 }, (_, i) => (i < 4 ? Math.hypot(data[2 * i + 2] ?? 0, data[2 * i + 3] ?? 0) : i % 4 === 3 ? 1e6 : 1)) };
    const { starts, weights } = fuzzyGraph(near);
    const sum = weights.subarray(starts[0], starts[1]).reduce((total, weight) => total + weight, 0);
    assert.ok(Math.abs(sum - Math.log2(5)) < 1e-3, `${sum}`);
  });
});

describe('powerTable', () => {
  it('is the power within a ten-thousandth, over all sizes that occur', () => {
    const power = powerTable(0.895);
    for (let x = 1e-12; x < 1e9; x *= 1.37) assert.ok(Math.abs(power(x) / x ** 0.895 - 1) < 1.2e-4, `${x}`);
  });
});
