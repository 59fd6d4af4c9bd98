import assert from 'node:assert/strict';
import { roundsAnswers } from '../../../activities/verification/rounds-answers.js';
import { encodeCompressedFile } from '../../../ml/compression/coding/compressed-file.js';
import type { CompressedKernel, CompressedWeights } from '../../../ml/compression/compressed-weights.js';
import { readLayersModel } from '../../../ml/models/read-layers-model.js';
import { MEDIA } from '../../../shared/artifact.js';
import type { ModelResult } from '../../../shared/run.js';
import { toyDigits } from '../../support/digits.js';
import type { RecordedRun } from '../../support/recorded-run.js';
import { recordedRun } from '../../support/recorded-run.js';
import { recordedNetwork } from './recorded-network.js';

describe('Which files of a model round', () => {
  let run: RecordedRun;
  let model: ModelResult;
  let kernel: CompressedKernel;
  before(async () => {
    const digits = toyDigits({ rows: 12, seed: 4 });
    const network = await recordedNetwork('net', digits);
    run = await recordedRun(digits, [network]);
    model = run.models[0] ?? assert.fail();
    const { name, shape, data } = readLayersModel(network.bytes).weights.find((weight) => weight.name.endsWith('/kernel')) ?? assert.fail();
    const channels = shape.at(-1) ?? 0;
    kernel = { name, shape, channels, sparsity: 0, codes: { bits: 4, values: new Int8Array(data.length).fill(1), scales: new Float32Array(channels).fill(0.5) } };
  });

  /** Formats as themselves: those by which it answers, and those that were exported. */
  const rounding = async (weights?: CompressedWeights): Promise<{ own: string[]; exported: string[] }> => {
    const { store } = run;
    const bytes = await store.get(model.artifacts['model'] ?? assert.fail());
    const file = await store.put(Uint8Array.of(1), MEDIA.binary);
    const compressed = weights && (await store.put(encodeCompressedFile({ bytes, weights }), MEDIA.binary));
    const rounds = await roundsAnswers(store, { ...model, artifacts: { ...model.artifacts, tflite: file, onnx: file, ...(compressed && { compressed }) } });
    return {
      own: (['onnx', 'tflite'] as const).filter((format) => rounds(format, 'variant')),
      exported: (['onnx', 'onnx-int8', 'tflite', 'tflite-float16', 'c', 'c-int8', 'savedmodel'] as const).filter((format) => rounds(format, 'run')),
    };
  };
  const FEW_BITS = ['onnx-int8', 'tflite-float16', 'c-int8'];

  it('are those in few bits of a model as it was trained', async () => {
    const rounds = await roundsAnswers(run.store, model);
    assert.deepEqual((['onnx', 'tflite', 'tflite-dynamic', 'c', 'c-int8'] as const).filter((format) => rounds(format, 'now')), ['tflite-dynamic', 'c-int8']);
  });

  it('are the same of a variant that was pruned or made narrower: its own files are in float32', async () => {
    const { codes, ...pruned } = kernel;
    assert.ok(codes);
    assert.deepEqual(await rounding({ kernels: [pruned], outputs: [] }), { own: [], exported: FEW_BITS });
  });

  it('are the .tflite as well where weights are on grids, and all where activations are', async () => {
    assert.deepEqual(await rounding({ kernels: [kernel], outputs: [] }), { own: ['tflite'], exported: FEW_BITS });
    const all = await rounding({ kernels: [kernel], outputs: [{ layer: 'relu1', bits: 8, scale: 0.1, zeroPoint: 3 }] });
    assert.deepEqual([all.own, all.exported.length], [['onnx', 'tflite'], 7]);
  });

  it('are all of a variant that was quantised after its training', async () => {
    const all = await rounding();
    assert.deepEqual([all.own, all.exported.length], [['onnx', 'tflite'], 7]);
  });
});
