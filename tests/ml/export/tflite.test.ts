import assert from 'node:assert/strict';
import { readTflite } from '../../../ml/export/tflite/read-tflite.js';
import type { TfliteGraph } from '../../../ml/export/tflite/tflite-graph.js';
import { writeTflite } from '../../../ml/export/tflite/write-tflite.js';
import { InvalidModelError } from '../../../shared/errors.js';
import { quantisedCnn, randomCnn, randomImages } from '../compression/random-cnn.js';
import { EVERY_OPERATOR } from './every-operator.js';

function someGraph(): TfliteGraph {
  const network = randomCnn(
    { side: 9, convolutions: [{ kernel: [3, 2], channels: 3, padding: 'same', stride: 2, pool: 2 }, { kernel: [1, 1], channels: 4, padding: 'valid' }], hidden: [5] },
    1,
  );
  return quantisedCnn(network, randomImages(5, 81, 1));
}

describe('the .tflite format', () => {
  it('reads back what was written: operators, tensors, scales, weights, metadata', () => {
    const graph = someGraph();
    assert.deepEqual(readTflite(writeTflite(graph)), graph);
    const inside = Buffer.concat([Buffer.alloc(5), writeTflite(graph)]).subarray(5);
    assert.deepEqual(readTflite(inside), graph, 'from a Buffer at an odd address');
  });

  it('reads back every operator with its settings, and every type of tensor', () => {
    assert.deepEqual(readTflite(writeTflite(EVERY_OPERATOR)), EVERY_OPERATOR);
  });

  it('packs two int4 numbers a byte, the first in the lower half', () => {
    const at = Buffer.from(writeTflite(EVERY_OPERATOR)).indexOf(Buffer.of(0x78, 0x0f, 0x09));
    assert.ok(at > 0 && at % 16 === 0, `packed numbers at byte ${at}`);
  });

  it('carries its file identifier and 16-byte aligned weights', () => {
    const graph = someGraph();
    const bytes = writeTflite(graph);
    assert.equal(new TextDecoder().decode(bytes.subarray(4, 8)), 'TFL3');
    const weights = graph.tensors.find(({ name }) => name === 'conv0/kernel')?.data;
    assert.ok(weights instanceof Int8Array);
    const at = Buffer.from(bytes).indexOf(Buffer.from(weights.buffer));
    assert.ok(at > 0 && at % 16 === 0, `weights at byte ${at}`);
  });

  it('gives the same bytes for the same graph', () => {
    assert.deepEqual(writeTflite(someGraph()), writeTflite(someGraph()));
  });

  it('refuses foreign and truncated bytes with InvalidModelError, wherever they are cut', () => {
    const bytes = writeTflite(someGraph());
    assert.throws(() => readTflite(new TextEncoder().encode('not a model at all')), InvalidModelError);
    for (let length = 0; length < bytes.length; length += 13) {
      assert.throws(() => readTflite(bytes.slice(0, length)), InvalidModelError, `cut at ${length} of ${bytes.length}`);
    }
  });

  it('refuses an operator that it does not know', () => {
    const graph = someGraph();
    const bytes = writeTflite(graph);
    // OperatorCode of the first operator: conv2d (3), stored in an int8 and an int32 field
    const changed = bytes.slice();
    const view = new DataView(changed.buffer);
    for (let at = 0; at + 4 <= changed.length; at += 4) if (view.getInt32(at, true) === 25) view.setInt32(at, 1000, true);
    assert.throws(() => readTflite(changed), /Operator code 1000/);
  });
});
