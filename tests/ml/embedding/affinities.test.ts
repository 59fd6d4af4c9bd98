import assert from 'node:assert/strict';
import { affinities } from '../../../ml/embedding/affinities.js';
import { nearestNeighbours } from '../../../ml/neighbours/nearest-neighbours.js';
import { InvalidConfigError } from '../../../shared/errors.js';
import { clusters } from './clusters.js';
import { GOLDEN } from './embedding-golden.js';

describe('affinities', () => {
  it('are scikit-learn\'s joint probabilities', () => {
    const { rows, starts, columns, weights } = affinities(nearestNeighbours(GOLDEN.x, 24), 8);
    const dense = new Float64Array(rows * rows);
    for (let row = 0; row < rows; row++) {
      for (let edge = starts[row] ?? NaN; edge < (starts[row + 1] ?? NaN); edge++) dense[row * rows + (columns[edge] ?? NaN)] = weights[edge] ?? NaN;
    }
    dense.forEach((value, i) => assert.ok(Math.abs(value - (GOLDEN.joint[i] ?? NaN)) < 2e-7, `p(${Math.floor(i / rows)}, ${i % rows}) is ${value}, expected ${GOLDEN.joint[i]}`));
  });

  it('sum to 1 and are symmetric with ascending columns, whatever the scale of the data', () => {
    for (const scale of [1e-3, 1, 1e4]) {
      const { x } = clusters(200, 5, 4, 6, 1);
      const { rows, starts, columns, weights } = affinities(nearestNeighbours({ ...x, data: x.data.map((value) => value * scale) }, 30), 10);
      assert.ok(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-4);
      const edges = new Map<number, number>();
      for (let row = 0; row < rows; row++) {
        let last = -1;
        for (let edge = starts[row] ?? NaN; edge < (starts[row + 1] ?? NaN); edge++) {
          const column = columns[edge] ?? NaN;
          assert.ok(column > last && column !== row);
          last = column;
          edges.set(row * rows + column, weights[edge] ?? NaN);
        }
      }
      for (const [place, weight] of edges) assert.equal(edges.get((place % rows) * rows + Math.floor(place / rows)), weight);
    }
  });

  it('refuse a perplexity that the neighbours cannot have', () => {
    const near = nearestNeighbours(GOLDEN.x, 12);
    for (const perplexity of [0.5, 12, NaN]) assert.throws(() => affinities(near, perplexity), InvalidConfigError);
  });
});
