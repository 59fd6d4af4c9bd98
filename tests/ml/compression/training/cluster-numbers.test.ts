import assert from 'node:assert/strict';
import { clusterNumbers } from '../../../../ml/compression/training/cluster-numbers.js';
import { createRandom } from '../../../../ml/random.js';

describe('clusters of numbers', () => {
  it('are found where they are apart', () => {
    const { centroids, assignment } = clusterNumbers(Float32Array.of(5, -1, 5.5, -1.5, 0.5, 4.5), 3);
    assert.deepEqual(Array.from(centroids), [-1.25, 0.5, 5]);
    assert.deepEqual(Array.from(assignment), [2, 0, 2, 0, 1, 2]);
  });

  it('give each number its nearest centroid, the mean of its members', () => {
    const random = createRandom(4);
    const values = Float32Array.from({ length: 500 }, () => random.normal());
    const { centroids, assignment } = clusterNumbers(values, 16);
    assert.equal(centroids.length, 16);
    values.forEach((value, i) => {
      const own = Math.abs(value - (centroids[assignment[i] ?? NaN] ?? NaN));
      assert.ok(centroids.every((centroid) => own <= Math.abs(value - centroid) + 1e-6));
    });
    centroids.forEach((centroid, cluster) => {
      const members = values.filter((_, i) => assignment[i] === cluster);
      assert.ok(Math.abs(members.reduce((sum, value) => sum + value, 0) / members.length - centroid) < 1e-5);
    });
  });

  it('are as many as there are different numbers, where those are few', () => {
    const { centroids, assignment } = clusterNumbers(Float32Array.of(1, 1, 2, 1), 8);
    assert.deepEqual(Array.from(centroids), [1, 2]);
    assert.deepEqual(Array.from(assignment), [0, 0, 1, 0]);
    assert.deepEqual(clusterNumbers(new Float32Array(0), 4).centroids.length, 0);
  });
});
