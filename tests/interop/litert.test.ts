import assert from 'node:assert/strict';
import { lowerSavedNetwork } from '../../ml/export/network/lower-saved-network.js';
import type { NetworkGraph } from '../../ml/export/network/network-graph.js';
import { writeTflite } from '../../ml/export/tflite/write-tflite.js';
import { rowsBetween } from '../../ml/matrix.js';
import { model as cnn } from '../../ml/models/cnn.js';
import { readLayersModel } from '../../ml/models/read-layers-model.js';
import { openLiteRt } from '../../native/litert.js';
import { quantisedCnn, randomCnn } from '../ml/compression/random-cnn.js';
import type { CnnShape } from '../ml/compression/random-cnn.js';
import { mnistSubset } from '../support/digits.js';
import { litertPath } from '../support/litert-path.js';
import { nativePaths } from '../support/native-paths.js';
import { runNetworks } from './run-networks.js';

const SIDE = 28;
const CLASSES = 10;
const IMAGES = 500;
const CLOSE = 8; // quanta of 1/256

type Outputs = Readonly<Record<'ours' | 'default' | 'builtin' | 'reference', Int8Array>> & { readonly tensors: unknown };

/** LiteRT in this process, all images at once. */
function runHere(tflite: Uint8Array, images: Int8Array): Int8Array {
  const model = openLiteRt(tflite, { path: litertPath() });
  const { input, output, run } = model.buffers(images.length / model.inputSize);
  input.set(images);
  run();
  model.dispose();
  assert.ok(output instanceof Int8Array);
  return output;
}

/** The outputs of every resolver of Python's LiteRT, and of LiteRT here. */
async function runEverywhere(tflite: Uint8Array, images: Int8Array): Promise<Outputs> {
  const pixels = Array.from({ length: images.length / SIDE ** 2 }, (_, row) => Float32Array.from(images.subarray(row * SIDE ** 2, (row + 1) * SIDE ** 2), (value) => (value + 128) / 255));
  const { probabilities, tensors } = await runNetworks({ model: tflite }, pixels, [SIDE, SIDE, 1], ['default', 'builtin', 'reference']);
  // Exact: probabilities in 1/256, less 128.
  const [xnnpack, builtin, reference] = (probabilities['model'] ?? []).map((answers) => Int8Array.from(answers, (probability) => 256 * probability - 128));
  assert.ok(xnnpack && builtin && reference);
  return { ours: runHere(tflite, images), default: xnnpack, builtin, reference, tensors: tensors['model'] };
}

/** Which part of the entries is equal, and how many quanta the farthest are apart. */
function differences(a: Int8Array, b: Int8Array): { fractionEqual: number; largest: number } {
  assert.equal(a.length, b.length);
  const steps = Array.from(a, (value, i) => Math.abs(value - (b[i] ?? NaN)));
  return { fractionEqual: steps.filter((step) => step === 0).length / steps.length, largest: Math.max(...steps) };
}

/**
 * LiteRT's own kernels round in other ways, each layer differently; a quantum of a logit is several of a probability.
 * Asserts that this stays rare and small, and that no clear winner changes.
 */
function assertNear(ours: Int8Array, theirs: Int8Array, resolver: string): void {
  const { fractionEqual, largest } = differences(ours, theirs);
  assert.ok(fractionEqual >= 0.95 && largest <= CLOSE, `${resolver}: ${fractionEqual} equal, ${largest} apart`);
  for (let row = 0; row < ours.length; row += CLASSES) {
    const [mine, other] = [ours.subarray(row, row + CLASSES), theirs.subarray(row, row + CLASSES)];
    const preferred = other.indexOf(Math.max(...other));
    assert.ok(Math.max(...mine) - (mine[preferred] ?? NaN) <= CLOSE, `${resolver}: another class for image ${row / CLASSES}`);
  }
}

const digits = mnistSubset({ split: 'train', from: 0, to: 5_000 });
const rows = (from: number, to: number): { x: typeof digits.x; labels: Uint8Array } => ({ x: rowsBetween(digits.x, from, to), labels: digits.labels.subarray(from, to) });
const stored = Int8Array.from(rows(4_500, 4_500 + IMAGES).x.data, (pixel) => pixel - 128);

function quantised(network: NetworkGraph): Uint8Array {
  return writeTflite(quantisedCnn(network, rows(0, 100).x));
}

describe('LiteRT on our .tflite files', function () {
  this.timeout(240_000);

  const shapes: Record<string, CnnShape> = {
    'valid padding and pools': {
      side: SIDE,
      convolutions: [
        { kernel: [3, 3], channels: 8, padding: 'valid', pool: 2 },
        { kernel: [3, 3], channels: 12, padding: 'valid', pool: 2 },
      ],
      hidden: [20],
    },
    'same padding, strides, channels that fill no block': {
      side: SIDE,
      convolutions: [
        { kernel: [5, 3], channels: 5, padding: 'same', stride: 2, activation: 'linear' },
        { kernel: [2, 2], channels: 9, padding: 'same', pool: 3 },
      ],
      hidden: [],
    },
  };
  for (const [name, shape] of Object.entries(shapes)) {
    it(`gives in Python the very numbers that it gives here, for a network of random weights: ${name}`, async () => {
      const { ours, builtin, reference, default: xnnpack, tensors } = await runEverywhere(quantised(randomCnn(shape, 7)), stored);
      assert.deepEqual(tensors, {
        input: { type: 'int8', shape: [-1, SIDE, SIDE, 1], scale: Math.fround(1 / 255), zeroPoint: -128 },
        output: { type: 'int8', shape: [-1, CLASSES], scale: 1 / 256, zeroPoint: -128 },
      });
      assert.deepEqual(differences(ours, xnnpack), { fractionEqual: 1, largest: 0 });
      assertNear(ours, builtin, 'builtin');
      assertNear(ours, reference, 'reference');
    });
  }

  it('gives in Python the very numbers that it gives here, for a trained network', async () => {
    const options = { ...cnn.defaults, filters: [[8], [16]], hidden: 32, epochs: 3 };
    const signal = new AbortController().signal;
    const trained = await cnn.fit(rows(0, 4_000), rows(4_000, 4_500), options, { seed: 1, native: nativePaths(), signal, progress: () => {} });
    const tflite = quantised(lowerSavedNetwork(readLayersModel(await trained.save())));
    trained.dispose();
    const { ours, builtin, reference, default: xnnpack } = await runEverywhere(tflite, stored);
    assert.deepEqual(differences(ours, xnnpack), { fractionEqual: 1, largest: 0 });
    assertNear(ours, builtin, 'builtin');
    assertNear(ours, reference, 'reference');
  });
});
