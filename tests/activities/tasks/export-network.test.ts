import assert from 'node:assert/strict';
import exportNetwork from '../../../activities/tasks/export-network.process.js';
import exportWeb from '../../../activities/tasks/export-web.process.js';
import { encodeCompressedFile } from '../../../ml/compression/coding/compressed-file.js';
import type { CompressedWeights } from '../../../ml/compression/compressed-weights.js';
import { assemblePixels } from '../../../ml/data/assemble-input.js';
import { encodeNpy } from '../../../ml/data/npy.js';
import { decodeNpz, encodeNpz } from '../../../ml/data/npz.js';
import { PIXELS_TO_UNIT } from '../../../ml/export/export-metadata.js';
import { rowsBetween } from '../../../ml/matrix.js';
import { encodeSavedNetwork } from '../../../ml/models/encode-saved-network.js';
import { readLayersModel } from '../../../ml/models/read-layers-model.js';
import { MODELS } from '../../../ml/models/registry.js';
import { InvalidModelError } from '../../../shared/errors.js';
import { ROUNDED_FORMATS } from '../../../shared/export-formats.js';
import type { ExportFormat } from '../../../shared/export-formats.js';
import type { ExportRecord } from '../../../shared/exports.js';
import type { NativePaths, StepOutput } from '../../../shared/step.js';
import { givenNetwork, TEST, TRAIN, VALIDATION } from '../../support/given-network.js';
import type { GivenNetwork } from '../../support/given-network.js';
import { litertPath } from '../../support/litert-path.js';
import { nativePaths } from '../../support/native-paths.js';
import { runStep } from '../../support/run-step.js';

const SIDE = 16;
const facts = { name: 'net', labels: ['0', '1'], input: 'images', normalisation: PIXELS_TO_UNIT, trainingDigest: 'abc', licence: 'Apache-2.0', version: '0.1.0' };

describe('the step export-network', function () {
  this.timeout(60_000);
  let cnn: GivenNetwork;
  let transformer: GivenNetwork;

  before(async () => {
    [cnn, transformer] = [await givenNetwork('cnn'), await givenNetwork('vision-transformer')];
  });

  const run = (format: ExportFormat, inputs: GivenNetwork['inputs'], kind = 'cnn', native: NativePaths = { litert: litertPath() }): ReturnType<typeof runStep> =>
    runStep(exportNetwork, { kind, format, facts, calibrationImages: 20, validationRows: VALIDATION }, inputs, { native });
  const recordOf = ({ outputs }: StepOutput): ExportRecord => JSON.parse(new TextDecoder().decode(outputs['export']?.bytes)) as ExportRecord;

  for (const [format, runtime] of [['onnx', /^onnxruntime-node \d/], ['tflite', /^LiteRT \d.*, XNNPACK$/]] as const) {
    it(`writes what its runtime answers as the network does, and says so: ${format}`, async () => {
      const made = await run(format, cnn.inputs);
      const record = recordOf(made);
      assert.ok('file' in record && record.verified);
      const { verified: { largestDifference, ...verified }, ...of } = record;
      const bytes = made.outputs['file']?.bytes.length;
      assert.deepEqual(of, { kind: 'export', model: 'net', format, file: `net.${format}`, bytes, size: bytes });
      assert.match(verified.runtime, runtime);
      assert.deepEqual({ ...verified, runtime: '' }, { runtime: '', rows: TEST, labelsChanged: 0, exceptions: 0, agrees: true });
      assert.ok(largestDifference > 0 && largestDifference < 1e-5);
      assert.equal(made.progress.at(-1)?.fraction, 1);
    });
  }

  it('fails for a file that disagrees, with the model, the format, the difference and the rows', async () => {
    const { files } = decodeNpz(cnn.inputs['model']?.[0] ?? new Uint8Array());
    const changed = files['weights.bin']?.slice() ?? new Uint8Array();
    new Float32Array(changed.buffer)[0] = 3; // a number of the first kernel
    const tampered = encodeNpz({ ...files, 'weights.bin': changed });
    for (const [format, runtime] of [['onnx', 'onnxruntime-node'], ['tflite', 'LiteRT']] as const) {
      await assert.rejects(run(format, { ...cnn.inputs, model: [tampered] }), (error) => error instanceof InvalidModelError &&
        error.message.startsWith(`The export of net as ${format} disagrees with its model: in ${runtime} `) &&
        /, \d+ of 50 test images are beyond the tolerance, the largest difference of a probability is 0\.\d+ \(expected at most 0\.0001\), and \d+ labels changed/.test(error.message));
    }
  });

  it('asks a file at the places that its network averages over, and says so', async () => {
    const [model] = cnn.inputs['model'] ?? [];
    assert.ok(model);
    const averaging = encodeSavedNetwork({ ...readLayersModel(model), details: { testTimeAugmentation: 5 } });
    const network = await MODELS.cnn.load(averaging, nativePaths());
    const probaOf = async (images: Uint8Array[] | undefined, from = 0): Promise<Uint8Array[]> => {
      const x = assemblePixels(images);
      const { data, rows, columns } = await network.predictProba(rowsBetween(x, from, x.rows));
      return [encodeNpy(data, [rows, columns])];
    };
    const inputs = { ...cnn.inputs, model: [averaging], testProba: await probaOf(cnn.inputs['testImages']), validationProba: await probaOf(cnn.inputs['images'], TRAIN) };
    network.dispose();
    for (const format of ['onnx', 'tflite', 'onnx-int8', 'tfjs', 'c'] as const) {
      const made = format === 'tfjs' ? await runStep(exportWeb, { kind: 'cnn', format, facts }, inputs) : await run(format, inputs);
      const record = recordOf(made);
      assert.ok('file' in record && /mean over 5 places/.test(record.note ?? ''), JSON.stringify(record));
      if (format === 'c') continue;
      assert.ok(record.verified?.agrees && record.verified.largestDifference < (format === 'onnx-int8' ? 0.1 : 1e-5), JSON.stringify(record));
      const fractions = made.progress.map(({ fraction }) => fraction);
      assert.ok(fractions.every((fraction, i) => i === 0 || fraction >= (fractions[i - 1] ?? 0)) && fractions.at(-1) === 1, `${format}: ${fractions.join()}`);
    }
    await assert.rejects(run('onnx', { ...inputs, testProba: cnn.inputs['testProba'] ?? [] }), /disagrees with its model/);
  });

  it('judges what is rounded by its accuracy on the validation rows, and calibrates int8 on the training rows', async () => {
    for (const format of ROUNDED_FORMATS.filter((one) => one !== 'tflite-int8-weights4')) {
      const record = recordOf(await run(format, cnn.inputs));
      assert.ok('file' in record, JSON.stringify(record));
      assert.match(record.verified?.runtime ?? '', format.startsWith('onnx') ? /^onnxruntime/ : /^LiteRT/);
      assert.deepEqual([record.verified?.accuracy?.rows, record.verified?.accuracy?.model, record.verified?.agrees], [VALIDATION, 1, true]);
      assert.ok((record.verified?.largestDifference ?? 0) > 1e-5, `${format} rounds`);
    }
    const altered = decodedImages(cnn).map((pixel, i) => (i < TRAIN * SIDE ** 2 ? pixel : 255));
    const same = await run('onnx-int8', { ...cnn.inputs, images: [encodeNpy(altered, [TRAIN + VALIDATION, SIDE, SIDE])], validationProba: [encodeNpy(new Float32Array(VALIDATION * 10).fill(0.1), [VALIDATION, 10])] });
    assert.deepEqual(same.outputs['file']?.bytes, (await run('onnx-int8', cnn.inputs)).outputs['file']?.bytes, 'validation rows were calibrated on');
  });

  it('refuses weights of 4 bits that lose the accuracy, and fails for none', async () => {
    const record = recordOf(await run('tflite-int8-weights4', cnn.inputs));
    assert.ok('refused' in record, JSON.stringify(record));
    assert.match(record.refused, /^It would lose [2-9]\d\.\d\d points of accuracy on the 40 validation rows .*: train the network in few bits first/);
  });

  it('fails for a file in int8 that has lost a fifth of the accuracy', async () => {
    const other = Uint8Array.from(cnn.labels, (label) => (label + 1) % 10);
    const proba = Float32Array.from({ length: VALIDATION * 10 }, (_, i) => Number(i % 10 === other[Math.floor(i / 10)]));
    const labels = encodeNpy(Uint8Array.of(...new Uint8Array(TRAIN), ...other), [TRAIN + VALIDATION]);
    await assert.rejects(run('onnx-int8', { ...cnn.inputs, labels: [labels], validationProba: [encodeNpy(proba, [VALIDATION, 10])] }), (error) => error instanceof InvalidModelError &&
      /net as onnx-int8 disagrees with its model: in onnxruntime-node .* it loses 100\.00 points of accuracy on the 40 validation rows \(0\.00 % instead of 100\.00 %\)/.test(error.message));
  });

  it('refuses what a format cannot hold by the layers, and writes no file', async () => {
    const made = await run('c', transformer.inputs, 'vision-transformer');
    assert.deepEqual(Object.keys(made.outputs), ['export']);
    const record = recordOf(made);
    assert.ok('refused' in record && /Layers that cannot be written as C: /.test(record.refused), JSON.stringify(record));
  });

  it('zips a format of several files, counts the constants of C, and names who is to check what it cannot run', async () => {
    const [c, tflite, other] = await Promise.all([run('c', cnn.inputs), run('tflite', cnn.inputs, 'cnn', {}), run('tflite-int8', transformer.inputs, 'vision-transformer', {})]);
    assert.deepEqual(Object.keys(decodeNpz(c.outputs['file']?.bytes ?? new Uint8Array()).files), ['net.h', 'net_example.c']);
    const [first, second, third] = [c, tflite, other].map(recordOf);
    assert.ok(first && 'file' in first && second && 'file' in second && third && 'file' in third);
    const weights = readLayersModel(cnn.inputs['model']?.[0] ?? new Uint8Array()).weights.reduce((sum, { data }) => sum + data.length, 0);
    assert.ok(first.size < first.bytes && first.size <= 4 * weights && first.size > 2 * weights, `${first.size} bytes of ${weights} numbers`);
    assert.deepEqual([first.pending, second.pending, third.pending, first.file, second.file], ['a C compiler', 'LiteRT', 'LiteRT', 'net-c.zip', 'net.tflite']);
  });

  it('runs a web model in TensorFlow.js', async () => {
    const web = (inputs: GivenNetwork['inputs']): ReturnType<typeof runStep> => runStep(exportWeb, { kind: 'cnn', format: 'tfjs', facts }, inputs);
    const record = recordOf(await web(cnn.inputs));
    assert.ok('file' in record && record.verified?.agrees && record.verified.rows === TEST, JSON.stringify(record));
    assert.deepEqual([record.file, record.verified.runtime.slice(0, 4), record.verified.exceptions], ['net-tfjs.zip', 'tfjs', 0]);
    await assert.rejects(web({ ...cnn.inputs, testProba: [encodeNpy(new Float32Array(TEST * 10).fill(0.1), [TEST, 10])] }), /net as tfjs disagrees with its model/);
    const refused = recordOf(await runStep(exportWeb, { kind: 'vision-transformer', format: 'tfjs', facts }, transformer.inputs));
    assert.ok('refused' in refused && /MultiHeadSelfAttention/.test(refused.refused), JSON.stringify(refused));
  });

  it('keeps the codes and the grids of a network compressed by training, and judges its float file by its accuracy', async () => {
    const [bytes] = cnn.inputs['model'] ?? [];
    assert.ok(bytes);
    const { weights } = readLayersModel(bytes);
    const kernels = weights.filter(({ name }) => name.endsWith('/kernel')).map(({ name, shape, data }) => {
      const channels = shape.at(-1) ?? 1;
      return { name, shape, channels, sparsity: 0, codes: { bits: 2, values: Int8Array.from(data, (value) => Math.sign(value)), scales: new Float32Array(channels).fill(0.1) } };
    });
    const compressed = (outputs: CompressedWeights['outputs']): Uint8Array[] => [encodeCompressedFile({ bytes, weights: { kernels, outputs } })];
    const [own, plain] = await Promise.all([run('c-int8', { ...cnn.inputs, compressed: compressed([]) }), run('c-int8', cnn.inputs)]);
    const [few, eight] = [own, plain].map(recordOf).map((record) => ('size' in record ? record.size : NaN)) as [number, number];
    assert.ok(few < 0.5 * eight, `codes of 2 bits: ${few} bytes, of 8: ${eight}`);
    const off = encodeNpy(new Float32Array(TEST * 10).fill(0.1), [TEST, 10]); // what is stored is of the int8 file, so it may differ
    const grids = compressed([{ layer: 'relu1', bits: 8, scale: 0.01, zeroPoint: 0 }]);
    const record = recordOf(await run('onnx', { ...cnn.inputs, compressed: grids, testProba: [off] }));
    assert.ok('file' in record && record.verified?.accuracy?.file === 1 && record.verified.agrees, JSON.stringify(record));
    await assert.rejects(run('onnx', { ...cnn.inputs, compressed: compressed([]), testProba: [off] }), /disagrees with its model/);
  });

  it('takes bytes that are no network for an error, not for a refusal', async () => {
    await assert.rejects(run('onnx', { ...cnn.inputs, model: [Uint8Array.of(1, 2, 3)] }), InvalidModelError);
  });

  function decodedImages({ inputs }: GivenNetwork): Uint8Array {
    const [images] = inputs['images'] ?? [];
    assert.ok(images);
    return images.slice(images.length - (TRAIN + VALIDATION) * SIDE ** 2);
  }
});
