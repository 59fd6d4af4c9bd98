import assert from 'node:assert/strict';
import { readLayersModel } from '../../../../ml/models/read-layers-model.js';
import { assertDescribed, compressible, correct } from './compressible.js';
import type { Compressible } from './compressible.js';

describe('training of a network that has lost channels', function () {
  this.timeout(120_000);
  let network: Compressible;
  before(async () => {
    network = await compressible();
  });

  it('removes channels, trains on what is left, and quantises it', async () => {
    const compressed = await network.compress({ channels: { keep: 0.5 }, quantize: { weights: 8 }, epochs: 4 });
    assertDescribed(compressed);
    assert.deepEqual(compressed.weights.kernels.map(({ shape }) => shape), [[3, 3, 1, 3], [3, 3, 3, 1], [1, 1, 3, 4], [3, 3, 4, 4], [4, 10]]);
    assert.ok(await correct(compressed.bytes) > 0.5);
  });

  it('takes shares of layers by their names, and refuses others', async () => {
    const { weights: { kernels } } = await network.compress({ channels: { keep: 1, layers: { point3: 0.25 }, score: 'gamma' }, epochs: 1 });
    assert.deepEqual(kernels.map(({ shape }) => shape.at(-1)), [6, 1, 2, 8, 10]);
    await assert.rejects(network.compress({ channels: { keep: 1, layers: { digits: 0.5 } } }), /digits: channels can be removed of conv1, point3, conv5/);
  });

  it('keeps the filters that the score names: the longest, or those of the largest scales', async () => {
    const { weights } = readLayersModel(network.trained);
    const named = (name: string): Float32Array => weights.find((weight) => weight.name === name)?.data ?? assert.fail(name);
    const largest = (scores: readonly number[]): number[] => [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)).slice(0, 2).sort((a, b) => a - b);
    const kernel = named('conv1/kernel');
    const lengths = Array.from({ length: 6 }, (_, channel) => kernel.filter((_value, i) => i % 6 === channel).reduce((sum, value) => sum + value ** 2, 0));
    const scales = Array.from(named('norm1/gamma'), Math.abs);
    assert.notDeepEqual(largest(lengths), largest(scales));
    for (const [score, kept] of [['filter', largest(lengths)], ['gamma', largest(scales)]] as const) {
      // At a rate of next to nothing what is left is what was there.
      const narrow = readLayersModel((await network.compress({ channels: { keep: 1, layers: { conv1: 1 / 3 }, score }, epochs: 1, recipe: { learningRate: 1e-9 } })).bytes);
      const left = narrow.weights.find(({ name }) => name === 'conv1/kernel')?.data ?? assert.fail();
      left.forEach((value, i) => assert.ok(Math.abs(value - (kernel[6 * Math.floor(i / 2) + (kept[i % 2] ?? NaN)] ?? NaN)) < 1e-6, `${score}: ${i} is ${value}`));
    }
  });
});
