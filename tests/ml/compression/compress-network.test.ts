import assert from 'node:assert/strict';
import { decodeCompressedFile, encodeCompressedFile } from '../../../ml/compression/coding/compressed-file.js';
import { compressNetwork } from '../../../ml/compression/training/compress-network.js';
import type { CompressedNetwork } from '../../../ml/compression/training/compress-network.js';
import type { CompressionPlan } from '../../../ml/compression/training/compression-plan.js';
import { decodeNpz, encodeNpz } from '../../../ml/data/npz.js';
import { readTopology } from '../../../ml/graph/topology.js';
import { WEIGHT_BITS } from '../../../ml/graph/transforms/code-grid.js';
import { rowsBetween } from '../../../ml/matrix.js';
import type { FitContext } from '../../../ml/models/model.js';
import { readLayersModel } from '../../../ml/models/read-layers-model.js';
import { model } from '../../../ml/models/tiny-cnn.js';
import { InvalidConfigError, InvalidDataError, InvalidModelError } from '../../../shared/errors.js';
import { toyDigits } from '../../support/digits.js';
import { nativePaths } from '../../support/native-paths.js';

const digits = toyDigits({ rows: 400, seed: 2 });
const data = {
  train: { x: rowsBetween(digits.x, 0, 300), labels: digits.labels.subarray(0, 300) },
  validation: { x: rowsBetween(digits.x, 300, 400), labels: digits.labels.subarray(300) },
};
const CONTEXT: FitContext = { seed: 1, native: nativePaths(), signal: new AbortController().signal, progress: () => undefined };
const OPTIONS = {
  ...model.defaults, epochs: 12, batchSize: 20, learningRate: 0.01, maxShift: 0, activation: 'leaky-relu',
  stages: [{ kind: 'conv', filters: 6 }, { kind: 'pool' }, { kind: 'separable', filters: 8 }, { kind: 'pool' }, { kind: 'conv', filters: 8 }],
} as const;
const RECIPE = { batchSize: 20, learningRate: 0.004, maxShift: 0 };

const layersOf = ({ bytes }: CompressedNetwork): string[] => readTopology(readLayersModel(bytes).topology).layers.map(({ className }) => className);
const accuracyOf = ({ details }: CompressedNetwork, stage: string): number => (details[stage] as { validationAccuracy: number }).validationAccuracy;

/** Each kernel of the bytes is what its description says, number by number, and both come back from the compressed file. */
function assertDescribed({ bytes, weights }: CompressedNetwork): void {
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

describe('compression by training', function () {
  this.timeout(120_000);
  let trained: Uint8Array;
  let floatAccuracy: number;
  const compress = (plan: Partial<CompressionPlan>, over: Partial<FitContext> = {}): Promise<CompressedNetwork> =>
    compressNetwork(trained, data, { epochs: 3, ...plan, recipe: { ...RECIPE, ...plan.recipe } }, { ...CONTEXT, ...over });
  const correct = async (bytes: Uint8Array): Promise<number> => {
    const network = await model.load(bytes, nativePaths());
    const { data: proba } = await network.predictProba(data.validation.x);
    network.dispose();
    return data.validation.labels.filter((label, row) => proba.subarray(10 * row, 10 * row + 10).every((value, digit) => digit === label || value < (proba[10 * row + label] ?? NaN))).length / 100;
  };
  before(async () => {
    const fitted = await model.fit(data.train, data.validation, OPTIONS, CONTEXT);
    trained = await fitted.save();
    fitted.dispose();
    floatAccuracy = await correct(trained);
    assert.ok(floatAccuracy > 0.9, `the network to compress is right on ${floatAccuracy}`);
  });

  for (const bits of WEIGHT_BITS) {
    it(`puts weights on a grid of ${bits} bits, folds normalisation, and answers as it was validated`, async () => {
      const few = bits === 2 || bits === 'ternary' || bits === 1;
      const compressed = await compress({ quantize: { weights: bits, ...(few && { epochs: 10 }) }, recipe: few ? { learningRate: 0.01 } : {} });
      assertDescribed(compressed);
      assert.ok(!layersOf(compressed).includes('BatchNormalization'));
      for (const { codes } of compressed.weights.kernels) {
        assert.equal(codes?.bits, bits === 'ternary' ? 2 : bits);
        const most = { 8: 127, 4: 7, 3: 3, 2: 3, ternary: 1, 1: 1 }[bits];
        assert.ok(codes.values.every((code) => Math.abs(code) <= most) && codes.values.some((code) => code !== 0));
        assert.ok(codes.scales.every((scale) => scale > 0));
        if (bits === 2 || bits === 1) assert.ok(codes.values.every((code) => code % 2 !== 0));
      }
      // Activations stay floats: what was validated during the training is what the bytes give, but for rounding.
      const answers = await correct(compressed.bytes);
      assert.ok(Math.abs(answers - accuracyOf(compressed, 'quantize')) <= 0.01, `${answers}, validated ${accuracyOf(compressed, 'quantize')}`);
      assert.ok(answers > floatAccuracy - (few ? 0.25 : 0.05), `${answers}, before ${floatAccuracy}`);
    });
  }

  it('gives layers widths of their own', async () => {
    const { weights: { kernels } } = await compress({ quantize: { weights: 2, layers: { digits: 8 } }, epochs: 1 });
    assert.deepEqual(kernels.map(({ codes }) => codes?.bits), [2, 2, 2, 2, 8]);
    await assert.rejects(compress({ quantize: { weights: 2, layers: { numbers: 8 } } }), (error) => error instanceof InvalidConfigError && /numbers.*conv1, depthwise3, point3, conv5, digits/.test(error.message));
  });

  it('learns grids of activations, whose zero is a code', async () => {
    const compressed = await compress({ quantize: { weights: 8, activations: 8 } });
    assert.deepEqual(compressed.weights.outputs.map(({ layer }) => layer), ['conv1', 'relu1', 'depthwise3', 'point3', 'relu3', 'conv5', 'relu5', 'pool']);
    for (const { bits, scale, zeroPoint } of compressed.weights.outputs) {
      assert.equal(bits, 8);
      assert.ok(scale > 0 && Number.isInteger(zeroPoint) && zeroPoint > 0 && zeroPoint < 255, `${scale}, ${zeroPoint}`);
    }
    assert.ok(accuracyOf(compressed, 'quantize') >= floatAccuracy - 0.05);
  });

  it('keeps 90 % of the kernels at exactly zero, and answers as it was validated', async () => {
    const compressed = await compress({ prune: { sparsity: 0.9, until: 1 }, epochs: 2, recipe: { averaging: 'ema', averageDecay: 0.9 } });
    assertDescribed(compressed);
    const kernels = readLayersModel(compressed.bytes).weights.filter(({ name }) => name.endsWith('kernel'));
    const numbers = kernels.flatMap(({ data }) => Array.from(data));
    assert.equal(numbers.filter((value) => value === 0).length, Math.round(0.9 * numbers.length));
    assert.ok(layersOf(compressed).includes('BatchNormalization'));
    const answers = await correct(compressed.bytes);
    assert.ok(Math.abs(answers - accuracyOf(compressed, 'prune')) <= 0.01, `${answers}`);
  });

  it('loses little with half of its kernels', async () => {
    assert.ok(accuracyOf(await compress({ prune: { sparsity: 0.5 } }), 'prune') > floatAccuracy - 0.1);
  });

  it('leaves the layers whole that it is told to keep', async () => {
    const { weights: { kernels } } = await compress({ prune: { sparsity: 0.5, scope: 'layer', keep: ['digits', 'conv1'] }, epochs: 1 });
    assert.deepEqual(kernels.map(({ name, sparsity }) => [name, sparsity]), [
      ['conv1/kernel', 0], ['depthwise3/depthwise_kernel', 0.5], ['point3/kernel', 0.5], ['conv5/kernel', 0.5], ['digits/kernel', 0],
    ]);
    await assert.rejects(compress({ prune: { sparsity: 0.5, keep: ['conv9'] } }), /conv9.*conv1/);
  });

  for (const bits of [4, 2] as const) {
    it(`keeps the codes of ${bits} bits and trains what multiplies them, without normalisation`, async () => {
      const plan = { quantize: { weights: bits, epochs: 4 }, recipe: { learningRate: 0.01 } } as const;
      const [before, settled] = [await compress(plan), await compress({ ...plan, settle: { epochs: 3, learningRate: 0.003 } })];
      assertDescribed(settled);
      assert.ok(!layersOf(settled).includes('BatchNormalization'));
      assert.equal(await correct(settled.bytes), accuracyOf(settled, 'settle'));
      assert.ok(accuracyOf(settled, 'settle') >= accuracyOf(before, 'quantize'));
      settled.weights.kernels.forEach(({ name, codes, channels }, i) => {
        const own = before.weights.kernels[i]?.codes ?? assert.fail(name);
        assert.equal(codes?.bits, bits);
        // A channel whose codes have a common factor may be told with a larger step.
        const ratios = Array.from({ length: channels }, () => new Set<number>());
        codes?.values.forEach((code, at) => { if (own.values[at] !== 0) ratios[at % channels]?.add(code / (own.values[at] ?? NaN)); });
        assert.ok(ratios.every(({ size }) => size <= 1), `${name}: the codes are others`);
        assert.notDeepEqual(codes.scales, own.scales);
      });
    });
  }

  it('drops as many inputs out as the plan says', async () => {
    const rateOf = (bytes: Uint8Array): unknown => readTopology(readLayersModel(bytes).topology).layers.find(({ className }) => className === 'Dropout')?.config['rate'];
    assert.equal(rateOf(trained), 0);
    const [without, often] = [await compress({ quantize: { weights: 8 }, epochs: 1 }), await compress({ quantize: { weights: 8 }, epochs: 1, dropout: 0.5 })];
    assert.deepEqual([rateOf(without.bytes), rateOf(often.bytes)], [0, 0.5]);
    const losses = [without, often].map(({ details }) => JSON.stringify((details['quantize'] as { readonly curves: unknown }).curves));
    assert.notEqual(losses[0], losses[1]);
  });

  it('shares each kernel’s numbers', async () => {
    const compressed = await compress({ cluster: { clusters: 5 } });
    assertDescribed(compressed);
    for (const { name, data } of readLayersModel(compressed.bytes).weights) if (name.endsWith('kernel')) assert.ok(new Set(data).size <= 5, name);
    const answers = await correct(compressed.bytes);
    assert.ok(Math.abs(answers - accuracyOf(compressed, 'cluster')) <= 0.01 && answers > floatAccuracy - 0.1, `${answers}`);
  });

  it('prunes, shares and quantises one after the other', async () => {
    const compressed = await compress({ prune: { sparsity: 0.6, scope: 'layer' }, cluster: { clusters: 12 }, quantize: { weights: 8 }, epochs: 4 });
    assertDescribed(compressed);
    for (const { codes, sparsity, name } of compressed.weights.kernels) {
      assert.ok(Math.abs(sparsity - 0.6) < 0.05, `${name}: ${sparsity}`);
      assert.ok(new Set(Array.from(codes?.values ?? assert.fail(), Math.abs)).size <= 13, name);
    }
    assert.deepEqual(Object.keys(compressed.details), ['prune', 'cluster', 'quantize']);
    const answers = await correct(compressed.bytes);
    assert.ok(Math.abs(answers - accuracyOf(compressed, 'quantize')) <= 0.01 && answers > 0.6, `${answers}`);
  });

  it('keeps zeros through a grid that has none', async () => {
    const { weights: { kernels } } = await compress({ prune: { sparsity: 0.5, scope: 'layer' }, quantize: { weights: 1 }, epochs: 2 });
    for (const { codes, sparsity } of kernels) {
      assert.ok(Math.abs(sparsity - 0.5) < 0.02);
      assert.deepEqual([...new Set(codes?.values)].sort((a, b) => a - b), [-1, 0, 1]);
    }
  });

  it('removes channels, trains on what is left, and quantises it', async () => {
    const compressed = await compress({ channels: { keep: 0.5 }, quantize: { weights: 8 }, epochs: 4 });
    assertDescribed(compressed);
    assert.deepEqual(compressed.weights.kernels.map(({ shape }) => shape), [[3, 3, 1, 3], [3, 3, 3, 1], [1, 1, 3, 4], [3, 3, 4, 4], [4, 10]]);
    assert.ok(await correct(compressed.bytes) > 0.5);
    const { weights: { kernels } } = await compress({ channels: { keep: 1, layers: { point3: 0.25 }, score: 'gamma' }, epochs: 1 });
    assert.deepEqual(kernels.map(({ shape }) => shape.at(-1)), [6, 1, 2, 8, 10]);
    await assert.rejects(compress({ channels: { keep: 1, layers: { digits: 0.5 } } }), /digits: channels can be removed of conv1, point3, conv5/);
  });

  it('learns from a teacher: a network, or the probabilities of any model', async () => {
    const plan = { quantize: { weights: 'ternary' }, epochs: 2 } as const;
    const network = await model.load(trained, nativePaths());
    const probabilities = await network.predictProba(data.train.x);
    network.dispose();
    const results = [
      await compress(plan), await compress({ ...plan, distil: { teacher: trained, temperature: 3, share: 0.9 } }),
      await compress({ ...plan, distil: { teacher: probabilities } }), await compress({ ...plan, distil: { teacher: probabilities, temperature: 3 } }),
    ];
    assert.equal(new Set(results.map(({ bytes }) => Buffer.from(bytes).toString('base64'))).size, 4);
    for (const { bytes } of results) assert.ok(await correct(bytes) > 0.4);
    await assert.rejects(compress({ ...plan, distil: { teacher: { ...probabilities, rows: 299 } } }), (error) => error instanceof InvalidDataError && /\[299, 10\]: expected \[300, 10\]/.test(error.message));
  });

  it('resumes from any checkpoint to the same bytes', async () => {
    const plan: Partial<CompressionPlan> = { prune: { sparsity: 0.5 }, cluster: { clusters: 6 }, quantize: { weights: 4, activations: 4 }, distil: { teacher: trained }, epochs: 1, recipe: { averaging: 'ema', averageDecay: 0.9 } };
    const expected = await compress(plan);
    const checkpoints: Uint8Array[] = [];
    await compress({ ...plan, recipe: { ...plan.recipe, segmentSteps: 8 } }, { saveCheckpoint: async (bytes) => void checkpoints.push(bytes) });
    assert.equal(checkpoints.length, 3);
    for (const checkpoint of checkpoints) {
      const resumed = await compress(plan, { checkpoint });
      assert.deepEqual(Buffer.from(resumed.bytes), Buffer.from(expected.bytes));
      assert.deepEqual(resumed.weights, expected.weights);
    }
    await assert.rejects(compress(plan, { checkpoint: trained }), InvalidModelError);
  });

  it('writes a file that is refused when it is damaged', async () => {
    const { bytes, weights } = await compress({ quantize: { weights: 4 }, epochs: 1 });
    const file = encodeCompressedFile({ bytes, weights });
    const { files } = decodeNpz(file);
    assert.throws(() => decodeCompressedFile(trained), InvalidModelError);
    const cut = encodeNpz({ ...files, 'numbers.bin': (files['numbers.bin'] ?? new Uint8Array(0)).subarray(0, 100) });
    assert.throws(() => decodeCompressedFile(cut), (error) => error instanceof InvalidModelError && /the file is cut/.test(error.message));
  });

  it('refuses what it cannot do, and says what is wrong', async () => {
    const refused = (plan: Partial<CompressionPlan>, words: RegExp): Promise<void> =>
      assert.rejects(compress(plan), (error) => error instanceof InvalidConfigError && words.test(error.message));
    await refused({}, /nothing is asked for/);
    await refused({ quantize: { weights: 5 as 4 } }, /quantize.weights is 5: expected one of 8, 4, 3, 2, "ternary", 1/);
    await refused({ quantize: { weights: 4 }, recipe: { engine: 'eager' } }, /only the graph engine/);
    await refused({ quantize: { weights: 4 }, epochs: 0, dropout: 1 }, /epochs is 0.*; dropout is 1: expected in \[0, 1\)/);
    await refused({ prune: { sparsity: 1, until: 0 } }, /prune.sparsity is 1: expected in \(0, 1\); prune.until is 0/);
    await refused({ prune: { sparsity: 0.5 }, settle: { learningRate: 0 } }, /settle goes with quantize and without cluster.*; settle.learningRate is 0: expected above 0/);
    await refused({ cluster: { clusters: 1 } }, /cluster.clusters is 1: expected a whole number from 2 to 256/);
    await refused({ quantize: { weights: 4 }, distil: { teacher: trained, temperature: 0.5, share: 0 } }, /distil.temperature is 0.5: expected at least 1; distil.share is 0/);
    const small = { rows: 20, columns: 49, data: new Uint8Array(980) };
    const labels = new Uint8Array(20);
    await assert.rejects(compressNetwork(trained, { train: { x: small, labels }, validation: { x: small, labels } }, { quantize: { weights: 4 }, epochs: 1 }, CONTEXT), InvalidDataError);
  });
});
