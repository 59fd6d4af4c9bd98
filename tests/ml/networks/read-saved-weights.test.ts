import assert from 'node:assert/strict';
import type { NamedWeight } from '../../../ml/graph/inference-graph.js';
import { weightsOfModel } from '../../../ml/graph/weight-layout.js';
import { encodeNpz } from '../../../ml/data/npz.js';
import { encodeLayersModel } from '../../../ml/models/cnn-bytes.js';
import { readSavedWeights } from '../../../ml/networks/read-saved-weights.js';
import { seCnn } from '../../../ml/networks/se-cnn.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import type { TensorFlow } from '../../../native/tensorflow-js.js';
import { InvalidModelError } from '../../../shared/errors.js';
import { buildNetwork } from './network.contract.js';

describe('Saved weights', () => {
  let tf: TensorFlow;
  before(async () => { ({ tf } = await loadTensorFlow()); });

  const json = (manifest: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify({ weightsManifest: manifest }));
  const specs = [{ name: 'a/kernel', shape: [2], dtype: 'float32' }, { name: 'b/bias', shape: [1], dtype: 'float32' }];
  const refuses = (bytes: Uint8Array, message: RegExp): void => {
    assert.throws(() => readSavedWeights(tf, bytes), (error) => error instanceof InvalidModelError && message.test(error.message));
  };

  it('of a saved model are those of the model', () => {
    const [one, other] = [buildNetwork(tf, seCnn, seCnn.defaults, 1), buildNetwork(tf, seCnn, seCnn.defaults, 2)];
    const byName = (weights: readonly NamedWeight[]): object => Object.fromEntries(weights.map(({ name, ...weight }) => [name, weight]));
    const saved = readSavedWeights(tf, encodeLayersModel(one, {}));
    assert.deepEqual(byName(saved), byName(weightsOfModel(one)));
    assert.notDeepEqual(byName(saved), byName(weightsOfModel(other)));
    one.dispose();
    other.dispose();
  });

  it('are read from a folder in a zip and from several files', () => {
    const bytes = new Uint8Array(new Float32Array([1, 2, 3]).buffer);
    const zip = encodeNpz({
      'net/model.json': json([{ paths: ['1.bin', '2.bin'], weights: specs }]), 'net/1.bin': bytes.subarray(0, 5), 'net/2.bin': bytes.subarray(5),
    });
    assert.deepEqual(readSavedWeights(tf, zip), [
      { name: 'a/kernel', shape: [2], data: Float32Array.of(1, 2) }, { name: 'b/bias', shape: [1], data: Float32Array.of(3) },
    ]);
  });

  it('are read from eight bits', () => {
    const weights = [{ name: 'a/kernel', shape: [3], dtype: 'float32', quantization: { dtype: 'uint8', scale: 0.5, min: -1 } }];
    const zip = encodeNpz({ 'model.json': json([{ paths: ['w.bin'], weights }]), 'w.bin': Uint8Array.of(0, 1, 4) });
    assert.deepEqual(readSavedWeights(tf, zip)[0]?.data, Float32Array.of(-1, -0.5, 1));
  });

  it('of what is no saved model are refused, by what is wrong', () => {
    refuses(encodeNpz({ 'other.json': Uint8Array.of(1) }), /A zip with model.json is expected, got other.json/);
    refuses(encodeNpz({ 'model.json': Uint8Array.of(1) }), /model.json is no JSON/);
    refuses(encodeNpz({ 'model.json': json(undefined) }), /names no weights/);
    refuses(encodeNpz({ 'model.json': json([{ paths: ['w.bin'], weights: specs }]) }), /names w.bin, which is not in the zip/);
    refuses(encodeNpz({ 'model.json': json([{ paths: ['w.bin'], weights: specs }]), 'w.bin': new Uint8Array(8) }), /do not fit/);
  });
});
