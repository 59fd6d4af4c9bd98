import assert from 'node:assert/strict';
import { evaluateNetwork } from '../../../ml/export/network/evaluate-network.js';
import { lowerSavedNetwork } from '../../../ml/export/network/lower-saved-network.js';
import { encodeLayersModel } from '../../../ml/models/cnn-bytes.js';
import { readLayersModel } from '../../../ml/models/read-layers-model.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import type { Digits } from '../../support/digits.js';
import type { RecordedModel } from '../../support/recorded-run.js';
import { SMALL_NETWORKS } from '../../ml/export/network/small-networks.js';

/** A small network for 28 x 28 pixels, and what it says of images. */
export async function recordedNetwork(name: string, { x }: Digits): Promise<RecordedModel> {
  const { tf } = await loadTensorFlow();
  const model = SMALL_NETWORKS['tiny-cnn 1k']?.(tf);
  assert.ok(model);
  const bytes = encodeLayersModel(model, {});
  model.dispose();
  const saved = readLayersModel(bytes);
  const graph = lowerSavedNetwork(saved);
  const image = (row: number): Float32Array => Float32Array.from(x.data.subarray(row * x.columns, (row + 1) * x.columns), (pixel) => pixel / 255);
  const data = Float32Array.from(Array.from({ length: x.rows }, (_, row) => [...evaluateNetwork(graph, image(row))]).flat());
  return { name, kind: 'tiny-cnn', bytes, testProba: { rows: x.rows, columns: data.length / x.rows, data } };
}
