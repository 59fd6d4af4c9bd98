import assert from 'node:assert/strict';
import { readLayersModel } from '../../../../ml/models/read-layers-model.js';
import { accuracyOf, assertDescribed, compressible, correct } from './compressible.js';
import type { Compressible } from './compressible.js';

describe('training of numbers that kernels share', function () {
  this.timeout(120_000);
  let network: Compressible;
  before(async () => {
    network = await compressible();
  });

  it('gives each kernel so many different numbers, and trains them', async () => {
    const compressed = await network.compress({ cluster: { clusters: 5 } });
    assertDescribed(compressed);
    for (const { name, data } of readLayersModel(compressed.bytes).weights) if (name.endsWith('kernel')) assert.ok(new Set(data).size <= 5, name);
    const answers = await correct(compressed.bytes);
    assert.ok(Math.abs(answers - accuracyOf(compressed, 'cluster')) <= 0.01 && answers > network.floatAccuracy - 0.1, `${answers}`);
  });

  it('leaves pruned numbers at zero, beside so many others', async () => {
    const plan = { prune: { sparsity: 0.6, scope: 'layer' }, epochs: 1 } as const;
    const [pruned, shared] = [await network.compress(plan), await network.compress({ ...plan, cluster: { clusters: 4 } })];
    const before = new Map(readLayersModel(pruned.bytes).weights.map(({ name, data }) => [name, data]));
    assertDescribed(shared);
    for (const { name, data } of readLayersModel(shared.bytes).weights.filter((weight) => weight.name.endsWith('kernel'))) {
      data.forEach((value, i) => assert.equal(value === 0, before.get(name)?.[i] === 0, `${name} ${i}`));
      assert.ok(new Set(data).size <= 5, name);
    }
  });

  it('puts each number to the centroid that is nearest to it, pruned or not', async () => {
    // At a rate of next to nothing the centroids are where they began.
    const plan = { prune: { sparsity: 0.6, scope: 'layer' }, epochs: 1, recipe: { learningRate: 1e-9 } } as const;
    const [pruned, shared] = [await network.compress(plan), await network.compress({ ...plan, cluster: { clusters: 4 } })];
    for (const { name, data: were } of readLayersModel(pruned.bytes).weights.filter((weight) => weight.name.endsWith('kernel'))) {
      const are = readLayersModel(shared.bytes).weights.find((weight) => weight.name === name)?.data ?? assert.fail(name);
      const centroids = [...new Set(are)].filter((value) => value !== 0);
      were.forEach((value, i) => assert.ok(value === 0 || centroids.every((centroid) => Math.abs(value - (are[i] ?? NaN)) <= Math.abs(value - centroid) + 1e-5), `${name} ${i}: ${value} became ${are[i]} of ${centroids.join(', ')}`));
    }
  });
});
