import assert from 'node:assert/strict';
import { EMITTERS } from '../../../ml/graph/emitters/registry.js';
import { registerLayers } from '../../../ml/networks/layers/register-layers.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { InvalidModelError } from '../../../shared/errors.js';
import { BATCH, bothWays } from './eager-oracle.js';
import { apply, layerCases, layerNetwork } from './layer-cases.js';
import type { Middle } from './layer-cases.js';

function near(ours: Float32Array, theirs: Float32Array, what: string, tolerance = 2e-5): void {
  assert.equal(ours.length, theirs.length, what);
  const scale = Math.max(1, ...theirs.map(Math.abs));
  ours.forEach((value, i) => assert.ok(Math.abs(value - (theirs[i] ?? Number.NaN)) <= tolerance * scale, `${what} ${i}: ${value}, TensorFlow.js has ${theirs[i]}`));
}

describe('a compiled layer gives the numbers that TensorFlow.js gives', function () {
  this.timeout(60_000);
  for (const [covers, what, middle] of layerCases()) {
    it(`${covers}, ${what}: loss, gradients, answers`, async () => {
      const { tf } = await loadTensorFlow();
      const model = layerNetwork(tf, registerLayers(tf), middle);
      const both = bothWays(tf, model);
      const [ours, theirs] = [await both.graph(), both.eager()];
      assert.ok(Math.abs(ours.loss - theirs.loss) < 1e-5 * Math.max(1, theirs.loss), `loss ${ours.loss}, TensorFlow.js has ${theirs.loss}`);
      near(ours.gradient, theirs.gradient, 'gradient');
      near(ours.answers, theirs.answers, 'answer');
      assert.ok(theirs.gradient.some((value) => Math.abs(value) > 1e-4), 'the gradient is all but zero: nothing was compared');
      model.dispose();
    });
  }

  for (const [setting, middle] of [
    ['dilation_rate', (x, l) => apply(l.conv2d({ filters: 5, kernelSize: 3, dilationRate: 2 }), x)],
    ['data_format', (x, l) => apply(l.conv2d({ filters: 5, kernelSize: 3, dataFormat: 'channelsFirst' }), x)],
    ['max_value', (x, l) => apply(l.reLU({ maxValue: 3 }), x)],
    ['activation', (x, l) => apply(l.activation({ activation: 'mish' }), x)],
  ] as const satisfies readonly (readonly [string, Middle])[]) {
    it(`is refused by name where its ${setting} is not compiled`, async () => {
      const { tf } = await loadTensorFlow();
      const model = layerNetwork(tf, registerLayers(tf), middle);
      await assert.rejects(bothWays(tf, model).graph(), (error) => error instanceof InvalidModelError && error.message.includes(`: ${setting} `));
      model.dispose();
    });
  }

  it('covers every layer that is compiled', () => {
    const covered = new Set(layerCases().map(([covers]) => covers));
    assert.deepEqual([...EMITTERS.keys()].filter((name) => !covered.has(name)), ['InputLayer']);
  });

  it('BatchNormalization: moving averages; the variance is the unbiased one, where TensorFlow.js takes the biased one', async () => {
    const { tf } = await loadTensorFlow();
    const momentum = 0.75;
    const model = layerNetwork(tf, registerLayers(tf), (x, l) => apply(l.batchNormalization({ momentum }), x));
    const both = bothWays(tf, model);
    const { moving: before } = both.start;
    const [ours, theirs] = [(await both.graph()).moving, both.eager().moving];
    const count = BATCH * 36;
    const expected = theirs.map((value, i) => {
      const isVariance = both.layout.moving.some(({ name, offset, length }) => name.endsWith('moving_variance') && i >= offset && i < offset + length);
      const biased = (value - momentum * (before[i] ?? NaN)) / (1 - momentum);
      return isVariance ? momentum * (before[i] ?? NaN) + (1 - momentum) * biased * (count / (count - 1)) : value;
    });
    near(ours, expected, 'moving average');
    assert.notDeepEqual(ours, before);
    model.dispose();
  });
});
