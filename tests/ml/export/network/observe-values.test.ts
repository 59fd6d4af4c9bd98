import assert from 'node:assert/strict';
import type { NetworkGraph } from '../../../../ml/export/network/network-graph.js';
import { observeValues } from '../../../../ml/export/network/observe-values.js';
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

describe('Values seen on calibration images', () => {
  it('are those of every activation, over all images', () => {
    const seen: number[] = [];
    const histograms = observeValues(GRAPH, [[0.5, 0], [1, 0.25]], (done) => seen.push(done));
    const rangeOf = (value: number): readonly unknown[] => [histograms.get(value)?.min, histograms.get(value)?.max, histograms.get(value)?.count];
    assert.deepEqual([rangeOf(0), rangeOf(1), rangeOf(2), rangeOf(3)], [[0, 1, 4], [0, 1, 4], [undefined, undefined, undefined], [-2.75, 2, 4]]);
    assert.ok((histograms.get(4)?.max ?? 0) > 0.9);
    assert.deepEqual(seen, [1, 2]);
  });

  it('are refused without an image and for one of another size', () => {
    assert.throws(() => observeValues(GRAPH, []), (error) => error instanceof InvalidDataError && /got no image/.test(error.message));
    assert.throws(() => observeValues(GRAPH, [[1, 2, 3]]), InvalidDataError);
  });
});
