import assert from 'node:assert/strict';
import { decodeCompressedFile, encodeCompressedFile } from '../../../../ml/compression/coding/compressed-file.js';
import { compressNetwork } from '../../../../ml/compression/training/compress-network.js';
import type { CompressedNetwork } from '../../../../ml/compression/training/compress-network.js';
import type { CompressionPlan } from '../../../../ml/compression/training/compression-plan.js';
import { rowsBetween } from '../../../../ml/matrix.js';
import type { FitContext } from '../../../../ml/models/model.js';
import { readLayersModel } from '../../../../ml/models/read-layers-model.js';
import { model } from '../../../../ml/models/tiny-cnn.js';
import { toyDigits } from '../../../support/digits.js';
import { nativePaths } from '../../../support/native-paths.js';

const digits = toyDigits({ rows: 400, seed: 2 });

/** 300 rows to train on, 100 to choose by. */
export const data = {
  train: { x: rowsBetween(digits.x, 0, 300), labels: digits.labels.subarray(0, 300) },
  validation: { x: rowsBetween(digits.x, 300, 400), labels: digits.labels.subarray(300) },
};

export const CONTEXT: FitContext = { seed: 1, native: nativePaths(), signal: new AbortController().signal, progress: () => undefined };

const OPTIONS = {
  ...model.defaults, epochs: 12, batchSize: 20, learningRate: 0.01, maxShift: 0, activation: 'leaky-relu',
  stages: [{ kind: 'conv', filters: 6 }, { kind: 'pool' }, { kind: 'separable', filters: 8 }, { kind: 'pool' }, { kind: 'conv', filters: 8 }],
} as const;

/** A trained network, and how to compress it. */
export interface Compressible {
  readonly trained: Uint8Array;
  /** Of the validation rows. */
  readonly floatAccuracy: number;
  /** 3 epochs a stage unless the plan says otherwise. */
  compress(plan: Partial<CompressionPlan>, over?: Partial<FitContext>): Promise<CompressedNetwork>;
}

let made: Promise<Compressible> | undefined;

/** The same network for all tests of one process. */
export function compressible(): Promise<Compressible> {
  return (made ??= fitOne());
}

async function fitOne(): Promise<Compressible> {
  const fitted = await model.fit(data.train, data.validation, OPTIONS, CONTEXT);
  const trained = await fitted.save();
  fitted.dispose();
  const floatAccuracy = await correct(trained);
  assert.ok(floatAccuracy > 0.9, `the network to compress is right on ${floatAccuracy}`);
  return {
    trained, floatAccuracy,
    compress: (plan, over = {}) => compressNetwork(trained, data, { epochs: 3, ...plan, recipe: { batchSize: 20, learningRate: 0.004, maxShift: 0, ...plan.recipe } }, { ...CONTEXT, ...over }),
  };
}

/** The part of rows on which a network's own answer is the label. */
export async function correct(bytes: Uint8Array, { x, labels } = data.validation): Promise<number> {
  const network = await model.load(bytes, nativePaths());
  const { data: proba } = await network.predictProba(x);
  network.dispose();
  return labels.filter((label, row) => proba.subarray(10 * row, 10 * row + 10).every((value, digit) => digit === label || value < (proba[10 * row + label] ?? NaN))).length / x.rows;
}

/** What a stage says of the epoch that it kept. */
export function accuracyOf({ details }: CompressedNetwork, stage: string): number {
  return (details[stage] as { validationAccuracy: number }).validationAccuracy;
}

/** Each kernel of the bytes is what its description says, number by number, and both come back from the compressed file. */
export function assertDescribed({ bytes, weights }: CompressedNetwork): void {
  const { kernels } = weights;
  const file = encodeCompressedFile({ bytes, weights });
  const back = decodeCompressedFile(file);
  assert.deepEqual(back.weights, weights);
  assert.deepEqual(Buffer.from(back.bytes), Buffer.from(bytes));
  assert.ok(file.length < bytes.length, `${file.length} bytes, ${bytes.length} in float32`);
  const byName = new Map(readLayersModel(bytes).weights.map((weight) => [weight.name, weight]));
  assert.deepEqual(kernels.map(({ name }) => name), [...byName.keys()].filter((name) => name.endsWith('kernel')));
  for (const { name, shape, channels, codes, shared, sparsity } of kernels) {
    const weight = byName.get(name) ?? assert.fail(name);
    assert.deepEqual(weight.shape, shape);
    weight.data.forEach((value, i) => {
      if (codes) assert.ok(value === Math.fround((codes.values[i] ?? NaN) * (codes.scales[i % channels] ?? NaN)), `${name} ${i} is ${value}, code ${codes.values[i]} at ${codes.scales[i % channels]}`);
      if (shared) assert.equal(value, shared.codebook[shared.indices[i] ?? NaN], `${name} ${i}`);
    });
    assert.equal(sparsity, weight.data.filter((value) => value === 0).length / weight.data.length);
  }
}
