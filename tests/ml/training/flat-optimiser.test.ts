import assert from 'node:assert/strict';
import type { WeightLayout } from '../../../ml/graph/weight-layout.js';
import { flatOptimiser } from '../../../ml/training/flat-optimiser.js';
import type { OptimiserOptions } from '../../../ml/training/optimiser-options.js';
import type { EngineState } from '../../../ml/training/training-engine.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';

const ADAMW = { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 } as const;
const SGD = { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0 } as const;
/** A kernel of two numbers and a bias of one. */
const LAYOUT: WeightLayout = {
  trained: [{ name: 'dense/kernel', shape: [2, 1], offset: 0, length: 2 }, { name: 'dense/bias', shape: [1], offset: 2, length: 1 }],
  moving: [], parameters: 3, statistics: 0,
};
const START = [0.5, -1.5, 2];
const near = (value: number | undefined, expected: number, within = 1e-6): void => assert.ok(Math.abs((value ?? NaN) - expected) < within, `${value} against ${expected}`);

/** The weights after steps against the gradients that a rule gives at them. */
function after(options: OptimiserOptions, steps: number, gradientAt: (weights: Float32Array) => number[], { clipNorm = 0, learningRate = 0.1, start = START } = {}): Float32Array {
  const optimiser = flatOptimiser(options, clipNorm, LAYOUT);
  const state: EngineState = { weights: Float32Array.from(start), ...optimiser.initial() };
  for (let count = 1; count <= steps; count++) optimiser.step(state, Float32Array.from(gradientAt(state['weights'] as Float32Array)), count, learningRate);
  return state['weights'] as Float32Array;
}

describe('the optimiser over flat arrays', () => {
  const bowl = (weights: ArrayLike<number>): number[] => Array.from(weights, (value, i) => 2 * (value - i));

  for (const [name, options] of [['Adam', ADAMW], ['Nesterov\'s momentum', SGD], ['plain momentum', { ...SGD, nesterov: false }], ['plain descent', { ...SGD, momentum: 0, nesterov: false }]] as const) {
    it(`goes the way of TensorFlow.js over ten steps: ${name}`, async () => {
      const { tf } = await loadTensorFlow();
      const rate = 0.05;
      const theirs = options.kind !== 'sgd' ? tf.train.adam(rate, 0.9, 0.999, 1e-7) : tf.train.momentum(rate, options.momentum, options.nesterov);
      const variable = tf.variable(tf.tensor1d(START));
      for (let step = 0; step < 10; step++) {
        const gradient = tf.tensor1d(bowl(variable.dataSync()));
        theirs.applyGradients([{ name: variable.name, tensor: gradient }]);
        gradient.dispose();
      }
      const expected = [...variable.dataSync()];
      variable.dispose();
      theirs.dispose();
      after(options, 10, bowl, { learningRate: rate }).forEach((value, i) => near(value, expected[i] ?? NaN, 1e-5));
    });
  }

  it('adds the penalty of kernels to the gradient with plain Adam, and none for biases', () => {
    const adam = { ...ADAMW, kind: 'adam', weightDecay: 0.1 } as const;
    const penalised = (weights: Float32Array): number[] => bowl(weights).map((value, i) => value + (LAYOUT.trained.some(({ shape, offset, length }) => shape.length > 1 && i >= offset && i < offset + length) ? 0.1 * (weights[i] ?? NaN) : 0));
    const expected = after(ADAMW, 5, penalised);
    after(adam, 5, bowl).forEach((value, i) => near(value, expected[i] ?? NaN, 1e-7));
    assert.notDeepEqual(expected, after(ADAMW, 5, bowl));
  });

  for (const options of [{ ...ADAMW, weightDecay: 0.1 }, { ...SGD, weightDecay: 0.1 }]) {
    it(`shrinks kernels by the learning rate times the decay, whatever the gradient, and leaves biases alone: ${options.kind}`, () => {
      const still = after(options, 1, () => [0, 0, 0], { learningRate: 0.5 });
      near(still[0], 0.5 * 0.95);
      near(still[1], -1.5 * 0.95);
      assert.equal(still[2], 2);
      const [decayed, plain] = [options, { ...options, weightDecay: 0 }].map((each) => after(each, 1, () => [3, -1, 2], { learningRate: 0.5 }));
      near(decayed?.[0], (plain?.[0] ?? NaN) - 0.05 * 0.5);
      assert.equal(decayed?.[2], plain?.[2]);
    });
  }

  it('scales a gradient down to the norm over all weights, and leaves a smaller one', () => {
    const descent: OptimiserOptions = { kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0 };
    const moved = (gradient: number[], clipNorm: number): number[] => [...after(descent, 1, () => gradient, { clipNorm, learningRate: 1, start: [0, 0, 0] })];
    moved([2, -3, 6], 3.5).forEach((value, i) => near(value, -([2, -3, 6][i] ?? NaN) / 2));
    for (const clipNorm of [7, 10]) assert.deepEqual(moved([2, -3, 6], clipNorm), [-2, 3, -6]);
    assert.deepEqual(moved([2, -3, 6], 0), [-2, 3, -6]);
  });

  it('has a memory of its own that begins with zeros', () => {
    assert.deepEqual(flatOptimiser(ADAMW, 0, LAYOUT).initial(), { 'slot.mean': new Float32Array(3), 'slot.variance': new Float32Array(3) });
    assert.deepEqual(flatOptimiser(SGD, 0, LAYOUT).initial(), { 'slot.velocity': new Float32Array(3) });
  });
});
