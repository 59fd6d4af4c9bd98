import assert from 'node:assert/strict';
import { pruneStage } from '../../../../ml/compression/training/prune-stage.js';
import { layOutNamed } from '../../../../ml/graph/named-layout.js';
import { readTopology } from '../../../../ml/graph/topology.js';
import { readLayersModel } from '../../../../ml/models/read-layers-model.js';
import type { TrainingEngine } from '../../../../ml/training/training-engine.js';
import { accuracyOf, assertDescribed, compressible, CONTEXT, correct, data } from './compressible.js';
import type { Compressible } from './compressible.js';

describe('training while the smallest numbers become zero', function () {
  this.timeout(120_000);
  let network: Compressible;
  before(async () => {
    network = await compressible();
  });

  it('keeps 90 % of the kernels at exactly zero, and answers as it was validated', async () => {
    const compressed = await network.compress({ prune: { sparsity: 0.9, until: 1 }, epochs: 2, recipe: { averaging: 'ema', averageDecay: 0.9 } });
    assertDescribed(compressed);
    const { weights, topology } = readLayersModel(compressed.bytes);
    const numbers = weights.filter(({ name }) => name.endsWith('kernel')).flatMap(({ data }) => Array.from(data));
    assert.equal(numbers.filter((value) => value === 0).length, Math.round(0.9 * numbers.length));
    assert.ok(readTopology(topology).layers.some(({ className }) => className === 'BatchNormalization'));
    const answers = await correct(compressed.bytes);
    assert.ok(Math.abs(answers - accuracyOf(compressed, 'prune')) <= 0.01, `${answers}`);
  });

  it('loses little with half of its kernels', async () => {
    assert.ok(accuracyOf(await network.compress({ prune: { sparsity: 0.5 } }), 'prune') > network.floatAccuracy - 0.1);
  });

  it('leaves the layers whole that it is told to keep', async () => {
    const { weights: { kernels } } = await network.compress({ prune: { sparsity: 0.5, scope: 'layer', keep: ['digits', 'conv1'] }, epochs: 1 });
    assert.deepEqual(kernels.map(({ name, sparsity }) => [name, sparsity]), [
      ['conv1/kernel', 0], ['depthwise3/depthwise_kernel', 0.5], ['point3/kernel', 0.5], ['conv5/kernel', 0.5], ['digits/kernel', 0],
    ]);
    await assert.rejects(network.compress({ prune: { sparsity: 0.5, keep: ['conv9'] } }), /conv9.*conv1/);
  });

  it('reaches the sparsity after the part of the steps that the plan says, and prunes nothing afterwards', async () => {
    const saved = readLayersModel(network.trained);
    const layout = layOutNamed(saved.weights);
    const stage = pruneStage({ sparsity: 0.8, scope: 'global', until: 0.25, keep: ['conv1'] }, { epochs: 4 });
    const prepared = await stage.prepare({ saved, topology: readTopology(saved.topology), layout }, data.train, CONTEXT);
    assert.equal(prepared.chooseFrom, 1);
    let weights = Float32Array.from({ length: Math.max(...layout.trained.map(({ offset, length }) => offset + length)) }, (_, i) => 1 + (i % 101));
    const engine = { step: async () => 0, read: async () => ({ weights: weights.slice() }), load: async (state: { weights: Float32Array<ArrayBuffer> }) => void (weights = state.weights) };
    const pruning = prepared.decorate?.(engine as unknown as TrainingEngine, { layout, totalSteps: 400 }) ?? assert.fail();
    const zeros = (kept: boolean): number => {
      const places = layout.trained.filter(({ name }) => name.endsWith('kernel') && name.startsWith('conv1') === kept);
      const values = places.flatMap(({ offset, length }) => [...weights.subarray(offset, offset + length)]);
      return values.filter((value) => value === 0).length / values.length;
    };
    const reached: number[] = [];
    for (let step = 0; step < 200; step++) {
      await pruning.step({} as never, { step } as never);
      reached.push(zeros(false));
    }
    assert.ok(Math.abs((reached[49] ?? NaN) - 0.8 * (1 - 0.5 ** 3)) < 0.01 && Math.abs((reached[99] ?? NaN) - 0.8) < 0.001, `${reached[49]}, ${reached[99]}`);
    assert.equal(reached[199], reached[99]);
    assert.equal(zeros(true), 0);
  });

  it('keeps no epoch in which the sparsity was not reached yet', async () => {
    // At 97 % any earlier epoch is the better one.
    const { details, weights } = await network.compress({ prune: { sparsity: 0.97, scope: 'global', until: 0.75 }, epochs: 4 });
    assert.ok((details['prune'] as { readonly bestEpoch: number }).bestEpoch >= 3);
    const numbers = weights.kernels.map(({ shape, sparsity }) => { const size = shape.reduce((a, b) => a * b, 1); return [size, size * sparsity] as const; });
    const [all, zeros] = [0, 1].map((at) => numbers.reduce((sum, pair) => sum + pair[at as 0 | 1], 0));
    assert.equal(Math.round(zeros ?? NaN), Math.round(0.97 * (all ?? NaN)));
  });
});
