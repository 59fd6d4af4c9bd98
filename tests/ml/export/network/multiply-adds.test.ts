import assert from 'node:assert/strict';
import { multiplyAdds } from '../../../../ml/export/network/multiply-adds.js';
import type { NetworkGraph } from '../../../../ml/export/network/network-graph.js';

describe('multiply-adds of a network', () => {
  it('are those of its products, counted by hand', () => {
    const shapes = [[4, 4, 2], [3, 3, 2, 5], [4, 4, 5], [3, 3, 5, 1], [2, 2, 5], [20], [20, 10], [10], [6, 7], [7, 3], [6, 3], [10]];
    const strides = [1, 1] as const;
    const graph: NetworkGraph = {
      values: shapes.map((shape, at) => ({ name: `v${at}`, shape })), input: 0, output: 11,
      operators: [
        { type: 'conv2d', layer: 'a', input: 0, kernel: 1, activation: 'relu', strides, padding: 'same', output: 2 },
        { type: 'depthwiseConv2d', layer: 'b', input: 2, kernel: 3, activation: 'linear', strides: [2, 2], padding: 'same', output: 4 },
        { type: 'reshape', layer: 'c', input: 4, output: 5 },
        { type: 'dense', layer: 'd', input: 5, kernel: 6, activation: 'linear', output: 7 },
        { type: 'batchMatMul', layer: 'e', a: 8, b: 9, transposeB: false, output: 10 },
        { type: 'softmax', layer: 'f', input: 7, output: 11 },
      ],
    };
    assert.equal(multiplyAdds(graph), 16 * 5 * 18 + 20 * 9 + 10 * 20 + 18 * 7);
  });
});
