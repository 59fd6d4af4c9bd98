import assert from 'node:assert/strict';
import type { CompressedNetwork } from '../../../../ml/compression/training/compress-network.js';
import { readTopology } from '../../../../ml/graph/topology.js';
import { readLayersModel } from '../../../../ml/models/read-layers-model.js';
import { accuracyOf, assertDescribed, compressible, correct } from './compressible.js';
import type { Compressible } from './compressible.js';

const PLAN = { quantize: { weights: 4, epochs: 2 }, recipe: { learningRate: 0.01 } } as const;

describe('training of what multiplies codes', function () {
  this.timeout(120_000);
  let network: Compressible;
  before(async () => {
    network = await compressible();
  });

  for (const bits of [4, 2] as const) {
    it(`keeps the codes of ${bits} bits and trains what multiplies them, without normalisation`, async () => {
      const plan = { quantize: { weights: bits, epochs: 4 }, recipe: { learningRate: 0.01 } } as const;
      const [before, settled] = [await network.compress(plan), await network.compress({ ...plan, settle: { epochs: 3, learningRate: 0.003 } })];
      assertDescribed(settled);
      assert.ok(!readTopology(readLayersModel(settled.bytes).topology).layers.some(({ className }) => className === 'BatchNormalization'));
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

  /** By how much the largest number of each channel of a kernel, and the biases, have changed: in parts of them. */
  const moved = (before: CompressedNetwork, after: CompressedNetwork): { readonly scales: number; readonly biases: number } => {
    const [were, are] = [before, after].map(({ bytes }) => new Map(readLayersModel(bytes).weights.map(({ name, data }) => [name, data])));
    const most = (ending: string): number => Math.max(...[...(were ?? [])].filter(([name]) => name.endsWith(ending)).flatMap(([name, data]) => {
      const largest = Math.max(...data.map(Math.abs));
      return Array.from(data, (value, i) => Math.abs(value - (are?.get(name)?.[i] ?? NaN)) / largest);
    }));
    return { scales: most('kernel'), biases: most('bias') };
  };

  it('trains scales and biases at a rate of its own', async () => {
    const before = await network.compress(PLAN);
    const settle = (learningRate?: number): Promise<CompressedNetwork> => network.compress({ ...PLAN, settle: { epochs: 1, ...(learningRate !== undefined && { learningRate }) } });
    const [hardly, much] = [moved(before, await settle(1e-9)), moved(before, await settle())];
    assert.ok(hardly.scales < 1e-5 && hardly.biases < 1e-5, `a rate of next to nothing has moved ${JSON.stringify(hardly)}`);
    assert.ok(much.scales > 1e-3 && much.biases > 1e-3, `the plan's rate has moved ${JSON.stringify(much)}`);
  });

  it('keeps the widths that layers have of their own', async () => {
    const plan = { quantize: { weights: 2, layers: { digits: 8, conv1: 4 }, epochs: 1 }, epochs: 1 } as const;
    const [before, settled] = [await network.compress(plan), await network.compress({ ...plan, settle: {} })];
    assert.deepEqual(settled.weights.kernels.map(({ codes }) => codes?.bits), [4, 2, 2, 2, 8]);
    assert.deepEqual(settled.weights.kernels.map(({ codes }) => codes?.values), before.weights.kernels.map(({ codes }) => codes?.values));
  });

  it('keeps activations on grids, and zeros', async () => {
    const plan = { prune: { sparsity: 0.5, scope: 'layer' }, quantize: { weights: 4, activations: 8, epochs: 1 }, epochs: 1 } as const;
    const [before, settled] = [await network.compress(plan), await network.compress({ ...plan, settle: {} })];
    assert.deepEqual(Object.keys(settled.details), ['prune', 'quantize', 'settle']);
    assert.deepEqual(settled.weights.outputs.map(({ layer, bits }) => [layer, bits]), before.weights.outputs.map(({ layer, bits }) => [layer, bits]));
    assert.ok(settled.weights.outputs.length > 0);
    settled.weights.kernels.forEach(({ codes }, i) => codes?.values.forEach((code, at) => assert.ok(code === 0 || before.weights.kernels[i]?.codes?.values[at] !== 0, 'a zero has gone')));
    assert.ok(settled.weights.kernels.every(({ sparsity }) => sparsity >= 0.49));
  });
});
