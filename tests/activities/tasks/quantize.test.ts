import assert from 'node:assert/strict';
import measureTflite from '../../../activities/tasks/measure-tflite.process.js';
import quantize from '../../../activities/tasks/quantize.process.js';
import { decodeNpy, encodeNpy } from '../../../ml/data/npy.js';
import { encodeNpz } from '../../../ml/data/npz.js';
import { readTflite } from '../../../ml/export/tflite/read-tflite.js';
import type { CnnLayer, CnnNetwork } from '../../../ml/models/cnn-layers.js';
import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';
import { randomCnn } from '../../ml/compression/random-cnn.js';
import { toyDigits } from '../../support/digits.js';
import type { Digits } from '../../support/digits.js';
import { runStep } from '../../support/run-step.js';

const network = randomCnn({ side: 28, convolutions: [{ kernel: [5, 5], channels: 4, padding: 'valid', stride: 2, pool: 2 }], hidden: [8] }, 3);
const TRAIN_ROWS = 60;
const TEST_ROWS = 21;
const train = toyDigits({ rows: TRAIN_ROWS, seed: 1 });
const test = toyDigits({ rows: TEST_ROWS, seed: 2 });

/** The network as the CNN saves it: TensorFlow.js layers format in a zip. */
function saved({ inputShape, layers }: CnnNetwork): Uint8Array {
  const classes: Record<CnnLayer['type'], string> = { conv2d: 'Conv2D', maxPool2d: 'MaxPooling2D', flatten: 'Flatten', dense: 'Dense' };
  const named = layers.map((layer, index) => ({ layer, name: `layer${index}` }));
  const weights = named.flatMap(({ layer, name }) =>
    'kernel' in layer
      ? [{ name: `${name}/kernel`, shape: layer.kernelShape, data: layer.kernel }, { name: `${name}/bias`, shape: [layer.bias.length], data: layer.bias }]
      : [],
  );
  const json = {
    modelTopology: {
      config: {
        layers: named.map(({ layer, name }, index) => ({
          class_name: classes[layer.type],
          config: {
            name,
            ...(index === 0 && { batch_input_shape: [null, ...inputShape] }),
            ...('strides' in layer && { strides: layer.strides, padding: layer.padding }),
            ...('poolSize' in layer && { pool_size: layer.poolSize }),
            ...('activation' in layer && { activation: layer.activation }),
          },
        })),
      },
    },
    weightsManifest: [{ paths: ['weights.bin'], weights: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })) }],
  };
  const floats = Float32Array.from(weights.flatMap(({ data }) => [...data]));
  return encodeNpz({ 'model.json': new TextEncoder().encode(JSON.stringify(json)), 'weights.bin': new Uint8Array(floats.buffer) });
}

function shards({ x }: Digits, sizes: readonly number[]): Uint8Array[] {
  let from = 0;
  return sizes.map((rows) => encodeNpy(x.data.slice(from * 784, (from += rows) * 784), [rows, 28, 28]));
}

const inputs = {
  model: [saved(network)],
  images: shards(train, [25, 25, 10]),
  labels: [encodeNpy(train.labels, [TRAIN_ROWS])],
  testImages: shards(test, [TEST_ROWS]),
};
const params = { calibrationImages: 16, validationRows: 20 };

describe('the quantize step', () => {
  it('writes a .tflite file, the probabilities of both halves and what the report needs', async () => {
    const { outputs, summary, progress } = await runStep(quantize, params, inputs);
    const tflite = outputs['tflite']?.bytes ?? new Uint8Array();
    assert.equal(readTflite(tflite).operators.at(-1)?.type, 'softmax');
    assert.deepEqual(decodeNpy(outputs['validationProba']?.bytes ?? new Uint8Array()).shape, [20, 10]);
    assert.deepEqual(decodeNpy(outputs['testProba']?.bytes ?? new Uint8Array()).shape, [TEST_ROWS, 10]);
    const parameters = network.layers.reduce((sum, layer) => sum + ('kernel' in layer ? layer.kernel.length + layer.bias.length : 0), 0);
    assert.deepEqual(
      { bytes: summary['bytes'], floatBytes: summary['floatBytes'], parameters: summary['parameters'] },
      { bytes: tflite.length, floatBytes: inputs.model[0]?.length, parameters },
    );
    const proba = decodeNpy(outputs['validationProba']?.bytes ?? new Uint8Array()).data as Float32Array;
    const correct = Array.from(train.labels.subarray(40)).filter((label, row) => {
      const values = [...proba.subarray(row * 10, (row + 1) * 10)];
      return values.indexOf(Math.max(...values)) === label;
    });
    assert.equal(summary['validationAccuracy'], correct.length / 20);
    assert.ok(Math.abs((progress.at(-1)?.fraction ?? 0) - 1) < 1e-9);
  });

  it('gives the same bytes twice', async () => {
    const [once, again] = [await runStep(quantize, params, inputs), await runStep(quantize, params, inputs)];
    assert.deepEqual(once.outputs, again.outputs);
  });

  it('takes no validation image for calibration', async () => {
    const altered = { ...train, x: { ...train.x, data: train.x.data.slice() } };
    altered.x.data.fill(255, 40 * 784); // the validation rows
    const plain = await runStep(quantize, { ...params, calibrationImages: 1000 }, inputs);
    const changed = await runStep(quantize, { ...params, calibrationImages: 1000 }, { ...inputs, images: shards(altered, [60]), labels: inputs.labels });
    const scales = (bytes: Uint8Array | undefined): unknown => readTflite(bytes ?? new Uint8Array()).tensors.find(({ name }) => name === 'conv2d_0')?.quantization;
    if (plain.summary['ranges'] === changed.summary['ranges']) {
      assert.deepEqual(scales(changed.outputs['tflite']?.bytes), scales(plain.outputs['tflite']?.bytes));
    } else assert.fail(`other ranges were chosen: ${String(plain.summary['ranges'])}, ${String(changed.summary['ranges'])}`);
  });

  it('refuses absent inputs, labels of another length and impossible settings', async () => {
    await assert.rejects(runStep(quantize, params, { ...inputs, model: [] }), InvalidDataError);
    await assert.rejects(runStep(quantize, params, { ...inputs, labels: [encodeNpy(new Uint8Array(7), [7])] }), InvalidDataError);
    await assert.rejects(runStep(quantize, { ...params, validationRows: TRAIN_ROWS }, inputs), InvalidConfigError);
    await assert.rejects(runStep(quantize, { ...params, calibrationImages: 0 }, inputs), InvalidConfigError);
  });

  it('stops when it is cancelled', async () => {
    await assert.rejects(runStep(quantize, params, inputs, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });
});

describe('the measure-tflite step', () => {
  it('times single images and the batch, and names the runtime', async () => {
    const { outputs } = await runStep(quantize, params, inputs);
    const tflite = outputs['tflite']?.bytes ?? new Uint8Array();
    const { summary } = await runStep(measureTflite, { images: 5 }, { tflite: [tflite], images: inputs.testImages });
    const { p50Ms, p99Ms, imagesPerSecond, runtime } = summary as Record<string, number | string>;
    assert.ok(Number(p50Ms) > 0 && Number(p99Ms) >= Number(p50Ms) && Number(imagesPerSecond) > 0);
    assert.match(String(runtime), /int8/);
    await assert.rejects(runStep(measureTflite, { images: 5 }, { tflite: [], images: inputs.testImages }), InvalidDataError);
  });
});
