import assert from 'node:assert/strict';
import { evaluateNetwork } from '../../../ml/export/network/evaluate-network.js';
import { lowerSavedNetwork } from '../../../ml/export/network/lower-saved-network.js';
import { encodeLayersModel } from '../../../ml/models/cnn-bytes.js';
import { readLayersModel } from '../../../ml/models/read-layers-model.js';
import { averagedOverShifts, offsetsOf } from '../../../ml/training/test-time-augmentation.js';
import type { PredictImages } from '../../../ml/training/test-time-augmentation.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import type { Digits } from '../../support/digits.js';
import type { RecordedModel } from '../../support/recorded-run.js';
import { SMALL_NETWORKS } from '../../ml/export/network/small-networks.js';

/** A small network for 28 x 28 pixels, and what it says of images, averaged over so many places. */
export async function recordedNetwork(name: string, { x }: Digits, testTimeAugmentation = 1): Promise<RecordedModel> {
  const { tf } = await loadTensorFlow();
  const model = SMALL_NETWORKS['tiny-cnn 1k']?.(tf);
  assert.ok(model);
  const bytes = encodeLayersModel(model, { testTimeAugmentation });
  model.dispose();
  const saved = readLayersModel(bytes);
  const graph = lowerSavedNetwork(saved);
  const predict: PredictImages = async ({ rows, columns, data }) => {
    const image = (row: number): Float32Array => Float32Array.from(data.subarray(row * columns, (row + 1) * columns), (pixel) => pixel / 255);
    const proba = Float32Array.from(Array.from({ length: rows }, (_, row) => [...evaluateNetwork(graph, image(row))]).flat());
    return { rows, columns: proba.length / rows, data: proba };
  };
  return { name, kind: 'tiny-cnn', bytes, testProba: await averagedOverShifts(predict, offsetsOf(testTimeAugmentation))(x) };
}
