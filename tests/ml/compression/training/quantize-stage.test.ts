import assert from 'node:assert/strict';
import type { CompressedOutput } from '../../../../ml/compression/compressed-weights.js';
import { compressNetwork } from '../../../../ml/compression/training/compress-network.js';
import { readTopology } from '../../../../ml/graph/topology.js';
import { WEIGHT_BITS } from '../../../../ml/graph/transforms/code-grid.js';
import { encodeSavedNetwork } from '../../../../ml/models/encode-saved-network.js';
import { readLayersModel } from '../../../../ml/models/read-layers-model.js';
import { InvalidConfigError } from '../../../../shared/errors.js';
import { accuracyOf, assertDescribed, compressible, CONTEXT, correct, data } from './compressible.js';
import type { Compressible } from './compressible.js';

describe('training with numbers on grids', function () {
  this.timeout(120_000);
  let network: Compressible;
  before(async () => {
    network = await compressible();
  });

  for (const bits of WEIGHT_BITS) {
    it(`puts weights on a grid of ${bits} bits, folds normalisation, and answers as it was validated`, async () => {
      const few = bits === 2 || bits === 'ternary' || bits === 1;
      const compressed = await network.compress({ quantize: { weights: bits, ...(few && { epochs: 10 }) }, recipe: few ? { learningRate: 0.01 } : {} });
      assertDescribed(compressed);
      assert.ok(!readTopology(readLayersModel(compressed.bytes).topology).layers.some(({ className }) => className === 'BatchNormalization'));
      for (const { codes } of compressed.weights.kernels) {
        assert.equal(codes?.bits, bits === 'ternary' ? 2 : bits);
        const most = { 8: 127, 4: 7, 3: 3, 2: 3, ternary: 1, 1: 1 }[bits];
        assert.ok(codes.values.every((code) => Math.abs(code) <= most) && codes.values.some((code) => code !== 0));
        assert.ok(codes.scales.every((scale) => scale > 0));
        // The largest number of each channel is at the highest code.
        if (bits === 8) codes.scales.forEach((_, channel) => assert.equal(Math.max(...codes.values.filter((_code, i) => i % codes.scales.length === channel).map(Math.abs)), 127));
        if (bits === 2 || bits === 1) assert.ok(codes.values.every((code) => code % 2 !== 0));
      }
      // Activations stay floats: what was validated during the training is what the bytes give, but for rounding.
      const answers = await correct(compressed.bytes);
      assert.ok(Math.abs(answers - accuracyOf(compressed, 'quantize')) <= 0.01, `${answers}, validated ${accuracyOf(compressed, 'quantize')}`);
      assert.ok(answers > network.floatAccuracy - (few ? 0.25 : 0.05), `${answers}, before ${network.floatAccuracy}`);
    });
  }

  it('gives layers widths of their own', async () => {
    const { weights: { kernels } } = await network.compress({ quantize: { weights: 2, layers: { digits: 8 } }, epochs: 1 });
    assert.deepEqual(kernels.map(({ codes }) => codes?.bits), [2, 2, 2, 2, 8]);
    await assert.rejects(network.compress({ quantize: { weights: 2, layers: { numbers: 8 } } }), (error) => error instanceof InvalidConfigError && /numbers.*conv1, depthwise3, point3, conv5, digits/.test(error.message));
  });

  it('learns grids of activations, whose zero is a code', async () => {
    const compressed = await network.compress({ quantize: { weights: 8, activations: 8 } });
    assert.deepEqual(compressed.weights.outputs.map(({ layer }) => layer), ['conv1', 'relu1', 'depthwise3', 'point3', 'relu3', 'conv5', 'relu5', 'pool']);
    for (const { bits, scale, zeroPoint } of compressed.weights.outputs) {
      assert.equal(bits, 8);
      assert.ok(scale > 0 && Number.isInteger(zeroPoint) && zeroPoint > 0 && zeroPoint < 255, `${scale}, ${zeroPoint}`);
    }
    assert.ok(accuracyOf(compressed, 'quantize') >= network.floatAccuracy - 0.05);
  });

  it('gives activations so many bits, and 8 to what lies before an activation that is computed by itself', async () => {
    const { weights: { outputs } } = await network.compress({ quantize: { weights: 8, activations: 4 }, epochs: 1 });
    assert.deepEqual(outputs.map(({ layer, bits }) => [layer, bits]), [['conv1', 8], ['relu1', 4], ['depthwise3', 4], ['point3', 8], ['relu3', 4], ['conv5', 8], ['relu5', 4], ['pool', 4]]);
  });

  /** The grids of activations as they begin: at a rate of next to nothing. */
  const gridsOf = async (bytes: Uint8Array, train: typeof data.train): Promise<ReadonlyMap<string, CompressedOutput>> => {
    const { weights: { outputs } } = await compressNetwork(bytes, { ...data, train }, { quantize: { weights: 8, activations: 8 }, epochs: 1, recipe: { batchSize: 20, learningRate: 1e-9, maxShift: 0 } }, CONTEXT);
    return new Map(outputs.map((output) => [output.layer, output]));
  };

  it('begins with grids that hold what hundreds of images give, the first of them no more than others', async () => {
    const { x, labels } = data.train;
    const turned = { x: { ...x, data: Uint8Array.from([...x.data.subarray(150 * 784), ...x.data.subarray(0, 150 * 784)]) }, labels: Uint8Array.from([...labels.subarray(150), ...labels.subarray(0, 150)]) };
    const [grids, others] = [await gridsOf(network.trained, data.train), await gridsOf(network.trained, turned)];
    for (const [layer, { scale, zeroPoint }] of grids) {
      const other = others.get(layer) ?? assert.fail(layer);
      assert.ok(Math.abs(scale / other.scale - 1) < 1e-4 && zeroPoint === other.zeroPoint, `${layer}: ${scale} from ${zeroPoint}, ${other.scale} from ${other.zeroPoint}`);
    }
  });

  it('keeps zero on the grid of what is never near it', async () => {
    const saved = readLayersModel(network.trained);
    const high = encodeSavedNetwork({ ...saved, weights: saved.weights.map((weight) => (weight.name === 'norm1/beta' ? { ...weight, data: weight.data.map(() => 50) } : weight)) });
    const relu = (await gridsOf(high, data.train)).get('relu1') ?? assert.fail();
    assert.equal(relu.zeroPoint, 0);
    assert.ok(relu.scale * 255 > 45, `${relu.scale}`);
  });
});
