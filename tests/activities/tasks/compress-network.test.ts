import assert from 'node:assert/strict';
import answer from '../../../activities/tasks/answer.process.js';
import compress from '../../../activities/tasks/compress-network.process.js';
import type { CompressParams } from '../../../activities/tasks/compress-network.process.js';
import measureOnnx from '../../../activities/tasks/measure-onnx.process.js';
import { decodeCompressedFile } from '../../../ml/compression/coding/compressed-file.js';
import { decodeNpy, encodeNpy } from '../../../ml/data/npy.js';
import { argmaxRows } from '../../../ml/evaluation/argmax-rows.js';
import { exportMetadata } from '../../../ml/export/export-metadata.js';
import { readTflite } from '../../../ml/export/tflite/read-tflite.js';
import { rowsBetween } from '../../../ml/matrix.js';
import { encodeSavedNetwork } from '../../../ml/models/encode-saved-network.js';
import { readLayersModel } from '../../../ml/models/read-layers-model.js';
import { model as tiny } from '../../../ml/models/tiny-cnn.js';
import { InvalidDataError } from '../../../shared/errors.js';
import type { StepOutput, StepProgress } from '../../../shared/step.js';
import { digestOf } from '../../../storage/digest.js';
import { someFacts } from '../../ml/export/some-facts.js';
import { toyDigits } from '../../support/digits.js';
import { nativePaths } from '../../support/native-paths.js';
import { unsaidFacts } from '../../support/unsaid-facts.js';

const [ROWS, VALIDATION, TEST] = [340, 40, 21];
const FITTED = ROWS - VALIDATION;
const train = toyDigits({ rows: ROWS, seed: 1 });
const test = toyDigits({ rows: TEST, seed: 2 });
const FACTS = { ...someFacts, name: 'small' };
const RECIPE = { batchSize: 20, learningRate: 0.004, maxShift: 0 };
const PLAN: CompressParams['plan'] = { quantize: { weights: 4, activations: 8 }, epochs: 2, recipe: RECIPE };

describe('the compress-network step', function () {
  this.timeout(120_000);
  let inputs: Record<string, Uint8Array[]>;
  let accuracyBefore: number;

  interface Ran extends StepOutput { readonly progress: StepProgress[]; readonly checkpoints: Uint8Array[] }
  const run = async (plan: CompressParams['plan'], more: Record<string, Uint8Array[]> = {}, checkpoint?: Uint8Array, signal = new AbortController().signal, seed = 1): Promise<Ran> => {
    const [progress, checkpoints]: [StepProgress[], Uint8Array[]] = [[], []];
    const output = await compress({
      params: { facts: FACTS, plan, validationRows: VALIDATION }, seed, native: nativePaths(), inputs: { ...inputs, ...more },
    }, { signal, progress: (update) => progress.push(update), saveCheckpoint: async (bytes) => void checkpoints.push(bytes), ...(checkpoint && { checkpoint }) });
    return { ...output, progress, checkpoints };
  };
  const bytesOf = ({ outputs }: StepOutput, role: string): Uint8Array => outputs[role]?.bytes ?? assert.fail(role);

  before(async () => {
    const context = { seed: 1, native: nativePaths(), signal: new AbortController().signal, progress: () => undefined };
    const data = [[0, FITTED], [FITTED, ROWS]].map(([from = 0, to = 0]) => ({ x: rowsBetween(train.x, from, to), labels: train.labels.subarray(from, to) }));
    const stages = [{ kind: 'conv', filters: 6 }, { kind: 'pool' }, { kind: 'separable', filters: 8 }, { kind: 'pool' }, { kind: 'conv', filters: 8 }] as const;
    const fitted = await tiny.fit(data[0] ?? assert.fail(), data[1] ?? assert.fail(), { ...tiny.defaults, ...RECIPE, learningRate: 0.01, epochs: 12, activation: 'leaky-relu', stages }, context);
    const proba = await fitted.predictProba(rowsBetween(train.x, FITTED, ROWS));
    accuracyBefore = argmaxRows(proba).filter((label, row) => label === train.labels[FITTED + row]).length / VALIDATION;
    inputs = {
      model: [await fitted.save()], validationProba: [encodeNpy(proba.data, [VALIDATION, 10])],
      images: [encodeNpy(train.x.data.slice(0, 100 * 784), [100, 28, 28]), encodeNpy(train.x.data.slice(100 * 784), [ROWS - 100, 28, 28])],
      labels: [encodeNpy(train.labels, [ROWS])], testImages: [encodeNpy(test.x.data, [TEST, 28, 28])],
    };
    fitted.dispose();
  });

  it('writes the network in every form, answers with the ONNX file it ships, and says how large all of it is', async () => {
    const ran = await run(PLAN);
    const { summary } = ran;
    const tflite = bytesOf(ran, 'tflite');
    assert.ok(readTflite(tflite).operators.some(({ type }) => type === 'conv2d'));
    assert.deepEqual(Buffer.from(decodeCompressedFile(bytesOf(ran, 'compressed')).bytes), Buffer.from(bytesOf(ran, 'model')));
    const numbers = readLayersModel(bytesOf(ran, 'model')).weights.flatMap(({ data }) => [...data]);
    assert.deepEqual([summary['form'], summary['parameters'], summary['nonZero']], ['int8-weights4', numbers.length, numbers.filter((value) => value !== 0).length]);
    assert.deepEqual([summary['tfliteBytes'], summary['onnxBytes'], summary['compressedBytes']], ['tflite', 'onnx', 'compressed'].map((role) => bytesOf(ran, role).length));
    assert.ok(Number(summary['constantBytes']) < Number(summary['tfliteBytes']) && Number(summary['codedBytes']) < 4 * numbers.length);
    const facts = exportMetadata({ ...FACTS, trainingDigest: digestOf(bytesOf(ran, 'model')) });
    for (const role of ['tflite', 'onnx']) assert.deepEqual(unsaidFacts(bytesOf(ran, role), facts), [], role);
    const again = await answer({ params: { models: [] }, seed: 1, native: {}, inputs: { onnx: [bytesOf(ran, 'onnx')], images: inputs['testImages'] ?? [] } }, { signal: new AbortController().signal, progress: () => undefined });
    assert.deepEqual(Buffer.from(bytesOf(ran, 'testProba')), Buffer.from(bytesOf(again, 'testProba')));
    const { data } = decodeNpy(bytesOf(ran, 'validationProba'));
    const right = Array.from(train.labels.subarray(FITTED)).filter((label, row) => {
      const values = [...(data as Float32Array).subarray(10 * row, 10 * row + 10)];
      return values.indexOf(Math.max(...values)) === label;
    });
    assert.equal(summary['validationAccuracy'], right.length / VALIDATION);
    assert.equal(summary['validationAccuracyBefore'], accuracyBefore);
    const { quantize } = summary['stages'] as { quantize: { validationAccuracy: number } };
    assert.ok(Math.abs(quantize.validationAccuracy - right.length / VALIDATION) <= 1 / VALIDATION, `trained ${quantize.validationAccuracy}, shipped ${right.length / VALIDATION}`);
    assert.ok(ran.progress.some(({ note }) => note?.startsWith('quantize, ')) && ran.progress.at(-1)?.fraction === 1);
  });

  it('makes nothing of test images but answers to them, and learns nothing from the labels of validation rows', async () => {
    const ran = await run(PLAN);
    const inverted = await run(PLAN, { testImages: [encodeNpy(test.x.data.map((pixel) => 255 - pixel), [TEST, 28, 28])] });
    const { testProba, ...others } = ran.outputs;
    const { testProba: changed, ...same } = inverted.outputs;
    assert.deepEqual(same, others);
    assert.notDeepEqual(changed, testProba);
    // One epoch: none is to be chosen.
    const once = { ...PLAN, epochs: 1 };
    assert.notDeepEqual(Buffer.from(bytesOf(await run(once, {}, undefined, undefined, 2), 'model')), Buffer.from(bytesOf(await run(once), 'model')), 'the seed changes nothing');
    const shifted = train.labels.map((label, row) => (row < FITTED ? label : (label + 1) % 10));
    // What the file says names the network by its digest, in which the accuracy of its epochs is.
    const [learnt, mislabelled] = [await run(once), await run(once, { labels: [encodeNpy(shifted, [ROWS])] })].map((output) => ({ ...readTflite(bytesOf(output, 'tflite')), metadata: {} }));
    assert.deepEqual(mislabelled, learnt);
  });

  it('resumes from a checkpoint to the same bytes', async () => {
    const plan = { ...PLAN, prune: { sparsity: 0.5 } };
    const whole = await run(plan);
    assert.ok(whole.checkpoints.length > 2);
    for (const checkpoint of [whole.checkpoints[1], whole.checkpoints.at(-1)]) assert.deepEqual((await run(plan, {}, checkpoint ?? assert.fail())).outputs, whole.outputs);
  });

  it('keeps forms in float where nothing is on a grid, and weights on grids alone where activations are not; ONNX in float32 answers as the network that was trained', async () => {
    const plans = [{ channels: { keep: 0.5 } }, { quantize: { weights: 2 } }, { quantize: { weights: 8, activations: 8 } }] as const;
    const made: unknown[] = [];
    for (const plan of plans) {
      const { form, asTrained } = (await run({ ...plan, epochs: 1, recipe: RECIPE })).summary;
      made.push([form, (asTrained as { largestDifference: number }).largestDifference > 1e-4]);
    }
    assert.deepEqual(made, [['float32', false], ['dynamic4', false], ['int8', true]]);
  });

  it('answers for an image as it is where its model averages over places, in files and as a network, and says so', async () => {
    const averaging = encodeSavedNetwork({ ...readLayersModel(inputs['model']?.[0] ?? assert.fail()), details: { testTimeAugmentation: 5 } });
    const ran = await run({ channels: { keep: 0.5 }, epochs: 1, recipe: RECIPE }, { model: [averaging] });
    assert.equal(ran.summary['note'], 'answers for an image as it is; its model\'s answers are means over 5 places');
    const network = await tiny.load(bytesOf(ran, 'model'), nativePaths());
    const { data } = await network.predictProba(test.x);
    network.dispose();
    const shipped = decodeNpy(bytesOf(ran, 'testProba')).data as Float32Array;
    assert.ok(data.every((value, i) => Math.abs(value - (shipped[i] ?? NaN)) < 1e-4));
    assert.equal((await run({ channels: { keep: 0.5 }, epochs: 1, recipe: RECIPE })).summary['note'], undefined);
  });

  it('is taught by a network, or by the mean of probabilities of the rows that it is fitted on', async () => {
    const plan = { ...PLAN, distil: { share: 1 } };
    const untaught = await run(PLAN);
    const taught = await run(plan, { teacher: inputs['model'] ?? [] });
    assert.notDeepEqual(Buffer.from(bytesOf(taught, 'model')), Buffer.from(bytesOf(untaught, 'model')));
    const labelled = (wrong: boolean, rows: number): Uint8Array => {
      const data = new Float32Array(rows * 10);
      for (let row = 0; row < rows; row++) data[10 * row + ((train.labels[row] ?? 0) + (wrong ? 1 : 0)) % 10] = 1;
      return encodeNpy(data, [rows, 10]);
    };
    const misled = await run({ ...plan, epochs: 8, recipe: { ...RECIPE, learningRate: 0.01 } }, { teacherProba: [labelled(true, ROWS), labelled(true, ROWS)] });
    assert.ok(Number(misled.summary['validationAccuracy']) < Number(untaught.summary['validationAccuracy']) - 0.2, `${String(misled.summary['validationAccuracy'])}`);
    await assert.rejects(run(plan, { teacherProba: [labelled(false, ROWS), labelled(false, 30)] }), InvalidDataError);
    await assert.rejects(run(plan), InvalidDataError);
  });

  it('refuses absent inputs, and stops when it is cancelled', async () => {
    await assert.rejects(run(PLAN, { model: [] }), InvalidDataError);
    await assert.rejects(run(PLAN, { labels: [encodeNpy(new Uint8Array(7), [7])] }), InvalidDataError);
    await assert.rejects(run(PLAN, {}, undefined, AbortSignal.abort()), { name: 'AbortError' });
  });

  it('is timed by measure-onnx, which names the runtime', async () => {
    const { outputs } = await run(PLAN);
    const hooks = { signal: new AbortController().signal, progress: () => undefined };
    const { summary } = await measureOnnx({ params: { images: 5 }, seed: 1, native: {}, inputs: { onnx: [outputs['onnx']?.bytes ?? assert.fail()], images: inputs['testImages'] ?? [] } }, hooks);
    assert.ok(Number(summary['p50Ms']) > 0 && Number(summary['imagesPerSecond']) > 0);
    assert.match(String(summary['runtime']), /onnxruntime/);
    await assert.rejects(async () => measureOnnx({ params: { images: 5 }, seed: 1, native: {}, inputs: { images: inputs['testImages'] ?? [] } }, hooks), InvalidDataError);
  });
});
