import assert from 'node:assert/strict';
import { decodeCompressedFile, encodeCompressedFile } from '../../../../ml/compression/coding/compressed-file.js';
import { compressNetwork } from '../../../../ml/compression/training/compress-network.js';
import type { CompressionPlan } from '../../../../ml/compression/training/compression-plan.js';
import { decodeNpz, encodeNpz } from '../../../../ml/data/npz.js';
import { readLayersModel } from '../../../../ml/models/read-layers-model.js';
import { InvalidConfigError, InvalidDataError, InvalidModelError } from '../../../../shared/errors.js';
import type { StepProgress } from '../../../../shared/step.js';
import { accuracyOf, assertDescribed, compressible, CONTEXT, correct, data } from './compressible.js';
import type { Compressible } from './compressible.js';

describe('compression by training', function () {
  this.timeout(120_000);
  let network: Compressible;
  before(async () => {
    network = await compressible();
  });

  it('prunes, shares and quantises one after the other', async () => {
    const compressed = await network.compress({ prune: { sparsity: 0.6, scope: 'layer' }, cluster: { clusters: 12 }, quantize: { weights: 8 }, epochs: 4 });
    assertDescribed(compressed);
    for (const { codes, sparsity, name } of compressed.weights.kernels) {
      assert.ok(Math.abs(sparsity - 0.6) < 0.05, `${name}: ${sparsity}`);
      assert.ok(new Set(Array.from(codes?.values ?? assert.fail(), Math.abs)).size <= 13, name);
    }
    assert.deepEqual(Object.keys(compressed.details), ['prune', 'cluster', 'quantize']);
    assert.deepEqual(readLayersModel(compressed.bytes).details['compression'], compressed.details);
    const answers = await correct(compressed.bytes);
    assert.ok(Math.abs(answers - accuracyOf(compressed, 'quantize')) <= 0.01 && answers > 0.6, `${answers}`);
  });

  it('keeps zeros through a grid that has none', async () => {
    const { weights: { kernels } } = await network.compress({ prune: { sparsity: 0.5, scope: 'layer' }, quantize: { weights: 1 }, epochs: 2 });
    for (const { codes, sparsity } of kernels) {
      assert.ok(Math.abs(sparsity - 0.5) < 0.02);
      assert.deepEqual([...new Set(codes?.values)].sort((a, b) => a - b), [-1, 0, 1]);
    }
  });

  it('gives stages epochs of their own, and keeps the best of each by the validation rows', async () => {
    const { details } = await network.compress({ prune: { sparsity: 0.3, epochs: 2 }, quantize: { weights: 4, epochs: 4 }, settle: { epochs: 3 }, epochs: 1, recipe: { learningRate: 0.02 } });
    const stages = Object.entries(details as Record<string, { readonly epochs: number; readonly bestEpoch: number; readonly validationAccuracy: number; readonly curves: { readonly validationAccuracy: readonly { readonly step: number; readonly value: number }[] } }>);
    assert.deepEqual(stages.map(([name, { epochs }]) => [name, epochs]), [['prune', 2], ['quantize', 4], ['settle', 3]]);
    for (const [name, { bestEpoch, validationAccuracy, curves }] of stages) {
      const accuracies = curves.validationAccuracy.map(({ value }) => value);
      assert.equal(validationAccuracy, accuracies[bestEpoch - 1], name);
      assert.equal(validationAccuracy, Math.max(...accuracies), name);
    }
  });

  it('gives the other stages epochs of their own too, and tells how far it is, stage after stage', async () => {
    const updates: StepProgress[] = [];
    const { details } = await network.compress({ channels: { keep: 0.75, epochs: 3 }, cluster: { clusters: 6, epochs: 2 }, epochs: 1 }, { progress: (update) => updates.push(update) });
    assert.deepEqual(Object.entries(details as Record<string, { readonly epochs: number }>).map(([name, { epochs }]) => [name, epochs]), [['channels', 3], ['cluster', 2]]);
    const of = (stage: string): number[] => updates.filter(({ note }) => note?.startsWith(`${stage}, `)).map(({ fraction }) => fraction);
    assert.ok(of('channels').length > 1 && of('cluster').length > 1);
    assert.ok(of('channels').every((fraction) => fraction <= 0.5) && of('cluster').every((fraction) => fraction >= 0.5));
    assert.equal(updates.at(-1)?.fraction, 1);
  });

  it('chooses epochs by the validation rows, and trains on the others', async () => {
    const plan = { quantize: { weights: 4 }, epochs: 3, recipe: { batchSize: 20, learningRate: 0.01, maxShift: 0 } } as const;
    const shift = (labels: Uint8Array): Uint8Array => labels.map((label) => (label + 1) % 10);
    const [plain, judgedOtherwise, taughtOtherwise] = await Promise.all([
      compressNetwork(network.trained, data, plan, CONTEXT),
      compressNetwork(network.trained, { ...data, validation: { ...data.validation, labels: shift(data.validation.labels) } }, plan, CONTEXT),
      compressNetwork(network.trained, { ...data, train: { ...data.train, labels: shift(data.train.labels) } }, plan, CONTEXT),
    ]);
    assert.ok(accuracyOf(plain, 'quantize') > 0.85);
    assert.ok(accuracyOf(judgedOtherwise, 'quantize') < 0.15 && await correct(judgedOtherwise.bytes) > 0.85);
    assert.ok(await correct(taughtOtherwise.bytes, { ...data.validation, labels: shift(data.validation.labels) }) > await correct(taughtOtherwise.bytes));
  });

  it('resumes from any checkpoint to the same bytes', async () => {
    const plan: Partial<CompressionPlan> = { prune: { sparsity: 0.5 }, cluster: { clusters: 6 }, quantize: { weights: 4, activations: 4 }, distil: { teacher: network.trained }, epochs: 1, recipe: { averaging: 'ema', averageDecay: 0.9 } };
    const expected = await network.compress(plan);
    const checkpoints: Uint8Array[] = [];
    await network.compress({ ...plan, recipe: { ...plan.recipe, segmentSteps: 8 } }, { saveCheckpoint: async (bytes) => void checkpoints.push(bytes) });
    assert.equal(checkpoints.length, 3);
    for (const checkpoint of checkpoints) {
      const resumed = await network.compress(plan, { checkpoint });
      assert.deepEqual(Buffer.from(resumed.bytes), Buffer.from(expected.bytes));
      assert.deepEqual(resumed.weights, expected.weights);
    }
    await assert.rejects(network.compress(plan, { checkpoint: network.trained }), InvalidModelError);
  });

  it('writes a file that is refused when it is damaged', async () => {
    const { bytes, weights } = await network.compress({ quantize: { weights: 4 }, epochs: 1 });
    const file = encodeCompressedFile({ bytes, weights });
    const { files } = decodeNpz(file);
    assert.throws(() => decodeCompressedFile(network.trained), InvalidModelError);
    const cut = encodeNpz({ ...files, 'numbers.bin': (files['numbers.bin'] ?? new Uint8Array(0)).subarray(0, 100) });
    assert.throws(() => decodeCompressedFile(cut), (error) => error instanceof InvalidModelError && /the file is cut/.test(error.message));
  });

  it('refuses what it cannot do, and says what is wrong', async () => {
    const refused = (plan: Partial<CompressionPlan>, words: RegExp): Promise<void> =>
      assert.rejects(network.compress(plan), (error) => error instanceof InvalidConfigError && words.test(error.message));
    await refused({}, /nothing is asked for/);
    await refused({ quantize: { weights: 5 as 4 } }, /quantize.weights is 5: expected one of 8, 4, 3, 2, "ternary", 1/);
    await refused({ quantize: { weights: 4 }, recipe: { engine: 'eager' } }, /only the graph engine/);
    await refused({ quantize: { weights: 4 }, epochs: 0, dropout: 1 }, /epochs is 0.*; dropout is 1: expected in \[0, 1\)/);
    await refused({ prune: { sparsity: 1, until: 0 } }, /prune.sparsity is 1: expected in \(0, 1\); prune.until is 0/);
    await refused({ prune: { sparsity: 0.5 }, settle: { learningRate: 0 } }, /settle goes with quantize and without cluster.*; settle.learningRate is 0: expected above 0/);
    await refused({ cluster: { clusters: 1 } }, /cluster.clusters is 1: expected a whole number from 2 to 256/);
    await refused({ quantize: { weights: 4 }, distil: { teacher: network.trained, temperature: 0.5, share: 0 } }, /distil.temperature is 0.5: expected at least 1; distil.share is 0/);
    const small = { rows: 20, columns: 49, data: new Uint8Array(980) };
    const labels = new Uint8Array(20);
    await assert.rejects(compressNetwork(network.trained, { train: { x: small, labels }, validation: { x: small, labels } }, { quantize: { weights: 4 }, epochs: 1 }, CONTEXT), InvalidDataError);
  });
});
