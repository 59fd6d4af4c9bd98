import assert from 'node:assert/strict';
import type { NetworkGraph } from '../../../../ml/export/network/network-graph.js';
import { observeRanges } from '../../../../ml/export/network/observe-ranges.js';
import { InvalidDataError } from '../../../../shared/errors.js';

/** softmax(x W) of images [1, 1, 2]. */
const GRAPH: NetworkGraph = {
  values: [{ name: 'images', shape: [1, 1, 2] }, { name: 'flat', shape: [2] }, { name: 'kernel', shape: [2, 2], data: Float32Array.of(2, -3, 0, 1) }, { name: 'logits', shape: [2] }, { name: 'digits', shape: [2] }],
  operators: [
    { type: 'reshape', input: 0, output: 1, layer: 'flat' },
    { type: 'dense', input: 1, kernel: 2, activation: 'linear', output: 3, layer: 'digits' },
    { type: 'softmax', input: 3, output: 4, layer: 'digits' },
  ],
  input: 0,
  output: 4,
};

describe('Ranges seen on calibration images', () => {
  it('are those of every activation, over all images, and hold 0', () => {
    const seen: number[] = [];
    const ranges = observeRanges(GRAPH, [[0.5, 0.25], [1, 0.25]], (done) => seen.push(done));
    assert.deepEqual([0, 1, 2, 3].map((value) => ranges.get(value)), [[0, 1], [0, 1], undefined, [-2.75, 2]]);
    assert.ok((ranges.get(4)?.[1] ?? 0) > 0.9 && ranges.get(4)?.[0] === 0);
    assert.deepEqual(seen, [1, 2]);
  });

  it('are refused without an image and for one of another size', () => {
    assert.throws(() => observeRanges(GRAPH, []), (error) => error instanceof InvalidDataError && /got no image/.test(error.message));
    assert.throws(() => observeRanges(GRAPH, [[1, 2, 3]]), InvalidDataError);
  });
});
