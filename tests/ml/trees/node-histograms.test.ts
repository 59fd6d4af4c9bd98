import assert from 'node:assert/strict';
import { createRandom } from '../../../ml/random.js';
import { createNodeHistograms, subtractCounts } from '../../../ml/trees/node-histograms.js';
import { createNodeRows, gatherNode } from '../../../ml/trees/node-rows.js';
import { labelled } from '../../support/fit-context.js';
import { binned } from '../../support/grow-a-tree.js';

describe('the histograms of a node', () => {
  const random = createRandom(6);
  const labels = Array.from({ length: 500 }, (_, row) => (row % 7) + 2);
  const rows = labelled(labels.map((_, row) => [random.integer(40), row % 3, random.normal(), 5]), labels);
  const data = binned(rows);
  const weights = Int32Array.from(labels, () => random.integer(2 ** 20));
  const order = random.shuffle(Int32Array.from(labels.keys()));
  const histograms = createNodeHistograms(data, Int32Array.of(0, 2, 3));
  const counted = (from: number, to: number): Int32Array => {
    const [node, counts] = [createNodeRows(500), histograms.take()];
    gatherNode(node, order, from, to, rows.labels, weights);
    histograms.count(counts, node);
    return counts;
  };

  it('hold the weight of each class in each bin of the columns asked for', () => {
    const counts = counted(100, 350);
    const expected = new Int32Array(counts.length);
    for (const row of order.subarray(100, 350)) {
      for (const column of [0, 2, 3]) {
        const at = (histograms.starts[column] ?? NaN) + (data.bins[column * 500 + row] ?? NaN) * 10 + (rows.labels[row] ?? NaN);
        expected[at] = (expected[at] ?? NaN) + (weights[row] ?? NaN);
      }
    }
    assert.deepEqual(counts, expected);
    assert.equal(counts.reduce((sum, one) => sum + one, 0), 3 * order.subarray(100, 350).reduce((sum, row) => sum + (weights[row] ?? NaN), 0));
  });

  it('of a child are its parent\'s without the other child\'s, to the last digit', () => {
    const larger = subtractCounts(counted(0, 500), counted(0, 180));
    assert.deepEqual(larger, counted(180, 500));
  });

  it('are empty again when they are taken a second time', () => {
    histograms.release(counted(0, 500));
    assert.ok(histograms.take().every((count) => count === 0));
  });
});
