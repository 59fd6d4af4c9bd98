import assert from 'node:assert/strict';
import answer from '../../../activities/tasks/answer.process.js';
import measureTflite from '../../../activities/tasks/measure-tflite.process.js';
import quantize from '../../../activities/tasks/quantize.process.js';
import type { QuantizeParams } from '../../../activities/tasks/quantize.process.js';
import { decodeProbabilities } from '../../../ml/data/decode-probabilities.js';
import { decodeNpy, encodeNpy } from '../../../ml/data/npy.js';
import { argmaxRows } from '../../../ml/evaluation/argmax-rows.js';
import { exportMetadata } from '../../../ml/export/export-metadata.js';
import { readTflite } from '../../../ml/export/tflite/read-tflite.js';
import { writeTflite } from '../../../ml/export/tflite/write-tflite.js';
import { serveTflite } from '../../../ml/serving/serve-tflite.js';
import { encodeSavedNetwork } from '../../../ml/models/encode-saved-network.js';
import { readLayersModel } from '../../../ml/models/read-layers-model.js';
import { InvalidConfigError, InvalidDataError, InvalidModelError } from '../../../shared/errors.js';
import type { StepOutput } from '../../../shared/step.js';
import { digestOf } from '../../../storage/digest.js';
import { quantisedCnn, randomCnn, randomImages } from '../../ml/compression/random-cnn.js';
import { someFacts } from '../../ml/export/some-facts.js';
import { SMALL_NETWORKS } from '../../ml/export/network/small-networks.js';
import { toyDigits } from '../../support/digits.js';
import { givenNetwork, TEST, TRAIN, VALIDATION } from '../../support/given-network.js';
import type { GivenNetwork } from '../../support/given-network.js';
import { runStep } from '../../support/run-step.js';
import { litertPath } from '../../support/litert-path.js';
import { unsaidFacts } from '../../support/unsaid-facts.js';

const params: QuantizeParams = { facts: { ...someFacts, name: 'net-int8' }, form: 'int8', calibrationImages: 20, validationRows: VALIDATION };
const ROWS = TRAIN + VALIDATION;

const bytesOf = ({ outputs }: StepOutput, role: string): Uint8Array => outputs[role]?.bytes ?? assert.fail(role);

describe('the quantize step', function () {
  this.timeout(120_000);
  let cnn: GivenNetwork;
  before(async () => { cnn = await givenNetwork('cnn'); });
  const run = (inputs: GivenNetwork['inputs'] = {}, more: Partial<QuantizeParams> = {}): ReturnType<typeof runStep> => runStep(quantize, { ...params, ...more }, { ...cnn.inputs, ...inputs }, { native: { litert: litertPath() } });

  for (const name of Object.keys(SMALL_NETWORKS)) {
    it(`makes files of 8 bits for both runtimes, whose answers are near the network's: ${name}`, async () => {
      const { inputs } = await givenNetwork(name);
      const made = await run(inputs);
      const { tensors, operators } = readTflite(bytesOf(made, 'tflite'));
      assert.equal(operators.at(-1)?.type, 'softmax');
      const products = operators.filter(({ type }) => type === 'conv2d' || type === 'fullyConnected').map(({ inputs: [, weights] }) => tensors[weights ?? -1]);
      assert.deepEqual(new Set(products.map((weights) => weights?.type)), new Set(['int8']));
      assert.deepEqual(products.map((weights) => weights?.quantization?.scales.length), products.map((weights) => weights?.shape[0]), 'a scale for each output');
      const stored = Buffer.from(bytesOf(made, 'onnx')).toString('latin1').match(/(?<!De)QuantizeLinear/g) ?? [];
      assert.ok(stored.length >= products.length, `${products.length} products, ${stored.length} activations of 8 bits in the ONNX file`);
      const [mine, trained] = [bytesOf(made, 'testProba'), inputs['testProba']?.[0]].map((bytes) => decodeProbabilities(name, bytes).data);
      const differences = mine?.map((value, i) => Math.abs(value - (trained?.[i] ?? NaN))) ?? [];
      assert.ok(Math.max(...differences) < 0.06, `${Math.max(...differences)} apart`);
      assert.ok(Math.max(...differences) > 1e-5, 'nothing was rounded');
    });
  }

  it('makes weights of 8 bits alone, or constants in half precision, without a look at calibration images', async () => {
    const inputs = { ...cnn.inputs, images: [encodeNpy((decodeNpy(cnn.inputs['images']?.[0] ?? assert.fail()).data as Uint8Array).map((pixel, i) => (i < TRAIN * 256 ? 255 - pixel : pixel)), [ROWS, 16, 16])] };
    for (const [form, type] of [['dynamic', 'int8'], ['float16', 'float16']] as const) {
      const made = await run({}, { form, calibrationImages: 0 });
      assert.equal(made.summary['form'], form);
      const { tensors } = readTflite(bytesOf(made, 'tflite'));
      assert.deepEqual(new Set(tensors.filter(({ data, shape }) => data && data.length >= 64 && shape.length > 1).map((tensor) => tensor.type)), new Set([type]));
      const again = await run(inputs, { form, calibrationImages: 0 });
      for (const role of ['tflite', 'onnx']) assert.deepEqual(Buffer.from(bytesOf(again, role)), Buffer.from(bytesOf(made, role)));
    }
  });

  it('answers with the ONNX file that it ships, in ONNX Runtime, and says how large and how accurate it is', async () => {
    const made = await run();
    const { summary, progress } = made;
    const again = await runStep(answer, { models: [] }, { onnx: [bytesOf(made, 'onnx')], images: cnn.inputs['testImages']?.slice(0, 1) ?? [] });
    const [shard, all] = [again, made].map((output) => decodeNpy(bytesOf(output, 'testProba')).data as Float32Array);
    assert.deepEqual(all?.subarray(0, shard?.length), shard);
    const saved = readLayersModel(cnn.inputs['model']?.[0] ?? assert.fail());
    const predicted = argmaxRows(decodeProbabilities('net', bytesOf(made, 'validationProba')));
    const right = predicted.filter((label, row) => label === cnn.labels[row]).length;
    const { multiplyAdds, validationLogLoss, runtime, tflite, ...figures } = summary;
    assert.deepEqual(figures, {
      form: 'int8', parameters: saved.weights.reduce((sum, { data }) => sum + data.length, 0), nonZero: saved.weights.reduce((sum, { data }) => sum + data.filter((value) => value !== 0).length, 0),
      tfliteBytes: bytesOf(made, 'tflite').length, onnxBytes: bytesOf(made, 'onnx').length, validationAccuracyBefore: 1, validationAccuracy: right / VALIDATION,
    });
    assert.ok(right > 0.8 * VALIDATION && Number(multiplyAdds) > 10_000 && Number(validationLogLoss) > 0);
    assert.match(String(runtime), /^onnxruntime-node \d/);
    const served = serveTflite('net', bytesOf(made, 'tflite'), { native: { litert: litertPath() } });
    const [images] = [cnn.inputs['images']?.[0]].map((bytes) => decodeNpy(bytes ?? assert.fail()));
    const validation = { rows: VALIDATION, columns: 256, data: (images?.data as Uint8Array).subarray(TRAIN * 256) };
    const other = argmaxRows(await served.predictProba(validation));
    await served.dispose();
    const { largestDifference, labelsChanged, ...beside } = tflite as Record<string, unknown>;
    assert.deepEqual(beside, { runtime: served.runtime, validationAccuracy: other.filter((label, row) => label === cnn.labels[row]).length / VALIDATION });
    assert.ok(Number(largestDifference) > 0 && Number(largestDifference) < 0.1 && Number(labelsChanged) <= TEST / 5);
    assert.deepEqual(decodeNpy(bytesOf(made, 'testProba')).shape, [TEST, 10]);
    assert.equal(progress.at(-1)?.fraction, 1);
    assert.ok(progress.every(({ fraction }, i) => i === 0 || (fraction ?? 0) >= (progress[i - 1]?.fraction ?? 0)), 'progress goes back');
  });

  it('says all facts in both files, the network that was quantised by its digest', async () => {
    const facts = exportMetadata({ ...someFacts, name: 'net-int8', trainingDigest: digestOf(cnn.inputs['model']?.[0] ?? assert.fail()) });
    const made = await run({}, { form: 'dynamic' });
    for (const role of ['tflite', 'onnx']) assert.deepEqual(unsaidFacts(bytesOf(made, role), facts), [], role);
  });

  it('gives the same bytes twice', async () => {
    assert.deepEqual((await run()).outputs, (await run()).outputs);
  });

  it('calibrates on training images alone', async () => {
    const [images] = cnn.inputs['images'] ?? [];
    const { data, shape } = decodeNpy(images ?? assert.fail());
    const [, side = 0] = shape;
    const altered = (from: number): Uint8Array => encodeNpy((data as Uint8Array).map((pixel, i) => (Math.floor(i / side ** 2) >= from ? 255 - pixel : pixel)), [ROWS, side, side]);
    const files = async (from: number): Promise<Buffer[]> => {
      const made = await run({ images: [altered(from)] }, { calibrationImages: 1_000 });
      return ['tflite', 'onnx'].map((role) => Buffer.from(bytesOf(made, role)));
    };
    const plain = await files(ROWS);
    assert.deepEqual(await files(TRAIN), plain, 'other validation images make another file');
    const [tflite, onnx] = await files(TRAIN - 1);
    assert.ok(!tflite?.equals(plain[0] ?? tflite) && !onnx?.equals(plain[1] ?? onnx), 'another training image makes no other file');
  });

  it('names layers that have no int8 form before it looks at an image', async () => {
    const { topology, weights, details } = readLayersModel(cnn.inputs['model']?.[0] ?? assert.fail());
    const foreign = encodeSavedNetwork({ topology: JSON.parse(JSON.stringify(topology).replaceAll('MaxPooling2D', 'UpSampling2D')) as typeof topology, weights, details });
    await assert.rejects(run({ model: [foreign], images: [] }), (error) => error instanceof InvalidModelError && /UpSampling2D/.test(error.message));
  });

  it('refuses absent inputs, labels of another length and impossible settings', async () => {
    await assert.rejects(run({ model: [] }), InvalidDataError);
    await assert.rejects(run({ labels: [encodeNpy(new Uint8Array(7), [7])] }), InvalidDataError);
    await assert.rejects(run({}, { validationRows: ROWS }), InvalidDataError);
    await assert.rejects(run({}, { validationRows: 0 }), InvalidConfigError);
    await assert.rejects(run({}, { calibrationImages: 0 }), InvalidConfigError);
  });

  it('says that it answers for an image as it is where its network averages over places', async () => {
    const averaging = encodeSavedNetwork({ ...readLayersModel(cnn.inputs['model']?.[0] ?? assert.fail()), details: { testTimeAugmentation: 9 } });
    assert.equal((await run({ model: [averaging] })).summary['note'], 'answers for an image as it is; its model\'s answers are means over 9 places');
  });

  it('stops when it is cancelled', async () => {
    await assert.rejects(runStep(quantize, params, cnn.inputs, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });
});

describe('the measure-tflite step', () => {
  it('times single images and the batch, and names the runtime', async () => {
    const network = randomCnn({ side: 28, convolutions: [{ kernel: [5, 5], channels: 4, padding: 'valid', stride: 2, pool: 2 }], hidden: [8] }, 3);
    const tflite = writeTflite(quantisedCnn(network, randomImages(16, 784, 1)));
    const images = [encodeNpy(toyDigits({ rows: 21, seed: 2 }).x.data, [21, 28, 28])];
    const { summary } = await runStep(measureTflite, { images: 5 }, { tflite: [tflite], images }, { native: { litert: litertPath() } });
    const { p50Ms, p99Ms, imagesPerSecond, runtime } = summary as Record<string, number | string>;
    assert.ok(Number(p50Ms) > 0 && Number(p99Ms) >= Number(p50Ms) && Number(imagesPerSecond) > 0);
    assert.match(String(runtime), /^LiteRT 2\.\d+\.\d+, XNNPACK$/);
    await assert.rejects(runStep(measureTflite, { images: 5 }, { tflite: [], images }), InvalidDataError);
  });
});
