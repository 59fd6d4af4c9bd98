import assert from 'node:assert/strict';
import { exportFiles } from '../../activities/export-files.js';
import { encodeCompressedFile } from '../../ml/compression/coding/compressed-file.js';
import { constantBytesOf } from '../../ml/export/c/constant-bytes.js';
import { readLayersModel } from '../../ml/models/read-layers-model.js';
import { MEDIA } from '../../shared/artifact.js';
import { InvalidConfigError, NotFoundError } from '../../shared/errors.js';
import type { ModelResult } from '../../shared/run.js';
import { toyDigits } from '../support/digits.js';
import type { RecordedModel, RecordedRun } from '../support/recorded-run.js';
import { recordedRun } from '../support/recorded-run.js';
import { recordedNetwork } from './verification/recorded-network.js';

describe('Files of a finished run\'s models', () => {
  const settings = { licence: 'MIT' };
  let network: RecordedModel;
  let run: RecordedRun;
  let net: ModelResult;
  let trained: ModelResult;

  before(async () => {
    const digits = toyDigits({ rows: 20, seed: 3 });
    network = await recordedNetwork('net', digits);
    run = await recordedRun(digits, [network]);
    const [model] = run.models;
    assert.ok(model);
    const { input, ...variant } = model;
    assert.equal(input, 'pixels');
    const kernels = readLayersModel(network.bytes).weights.filter(({ name }) => name.endsWith('/kernel')).map(({ name, shape, data }) => {
      const channels = shape.at(-1) ?? 1;
      return { name, shape, channels, sparsity: 0, codes: { bits: 2, values: Int8Array.from(data, Math.sign), scales: new Float32Array(channels).fill(0.1) } };
    });
    const [compressed, other] = await Promise.all([
      run.store.put(encodeCompressedFile({ bytes: network.bytes, weights: { kernels, outputs: [] } }), MEDIA.binary), run.store.put(Uint8Array.of(1), MEDIA.binary),
    ]);
    net = model;
    trained = { ...variant, name: 'net-2bit', kind: 'onnx', of: 'net', artifacts: { ...model.artifacts, compressed, tflite: other, onnx: other } };
  });

  const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

  it('are those of the saved network, which say where it comes from', async () => {
    const files = await exportFiles(run.store, net, 'onnx', settings);
    assert.deepEqual(Object.keys(files), ['net.onnx']);
    const said = Buffer.from(files['net.onnx'] ?? []);
    assert.ok([net.artifacts['model']?.digest ?? assert.fail(), 'MIT'].every((fact) => said.includes(fact)));
  });

  it('keep the codes that a variant was trained on, and have its name', async () => {
    const [own, whole] = await Promise.all([trained, net].map((model) => exportFiles(run.store, model, 'c-int8', { ...settings, models: run.models })));
    assert.deepEqual(Object.keys(own ?? {}), ['net_2bit_int8.h', 'net_2bit_int8_example.c']);
    const [few, eight] = [own?.['net_2bit_int8.h'], whole?.['net_int8.h']].map((file) => constantBytesOf(text(file))) as [number, number];
    assert.ok(few < 0.7 * eight, `codes of 2 bits: ${few} bytes, of 8: ${eight}`);
    assert.deepEqual(Object.keys(await exportFiles(run.store, trained, 'safetensors', { ...settings, models: run.models })), ['net-2bit.safetensors']);
  });

  it('are missed where the run has no record of the variant\'s model', async () => {
    await assert.rejects(exportFiles(run.store, trained, 'c', settings), (error) => error instanceof NotFoundError && /net-2bit is a variant of net, of which the run has no record/.test(error.message));
  });

  it('are there only as they were made of a variant that was quantised after its training', async () => {
    const { tflite, onnx } = trained.artifacts;
    assert.ok(tflite && onnx);
    const quantised = { ...trained, name: 'net-int8', artifacts: { tflite, onnx } };
    const refusal = (format: 'c-int8' | 'tflite' | 'xgboost', message: RegExp): Promise<void> =>
      assert.rejects(exportFiles(run.store, quantised, format, { ...settings, models: run.models }), (error) => error instanceof InvalidConfigError && message.test(error.message));
    await refusal('c-int8', /^net-int8 was quantised after its training: there are only its own files \(tflite, onnx\), which `digitloom artifacts --save` writes\. Export net as c-int8 instead\.$/);
    await refusal('tflite', /writes\.$/);
    await refusal('xgboost', /writes\.$/);
  });
});
