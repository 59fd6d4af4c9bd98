import assert from 'node:assert/strict';
import { activationGrid, codeOf, WEIGHT_BITS, weightGrid } from '../../../ml/graph/transforms/code-grid.js';
import { fakeQuantise, learntStep } from '../../../ml/graph/transforms/fake-quantise.js';
import { evaluateGraph } from './evaluate-graph.js';

const STEP = Math.fround(0.3);
const X = Float32Array.from([-9, -1.04, -0.75, -0.31, -0.14, 0, 0.02, 0.15, 0.16, 0.449, 0.8, 7]);
const UPSTREAM = X.map((_, i) => 1 + i / 4);

describe('a grid of codes', () => {
  it('has the codes of its bits', () => {
    const codes = WEIGHT_BITS.map((bits) => {
      const { low, high, stride } = weightGrid(bits);
      return [bits, (high - low) / stride + 1, low + high];
    });
    assert.deepEqual(codes, [[8, 255, 0], [4, 15, 0], [3, 7, 0], [2, 4, 0], ['ternary', 3, 0], [1, 2, 0]]);
    assert.deepEqual(activationGrid(8, 0), { low: 0, high: 255, stride: 1 });
    assert.deepEqual(activationGrid(4, 2), { low: -2, high: 13, stride: 1 });
  });

  it('takes the nearest code, of halves the even one, and its ends beyond them', () => {
    const nearest = (bits: 2 | 3, values: readonly number[]): number[] => values.map((value) => codeOf(value, 2, weightGrid(bits)));
    assert.deepEqual(nearest(3, [-9, -1.1, -1, 0.9, 1, 1.1, 3, 5, 9]), [-3, -1, 0, 0, 0, 1, 2, 2, 3]);
    assert.deepEqual(nearest(2, [-9, -4.1, -3.9, -0.1, 0.1, 3.9, 4.1, 9]), [-3, -3, -1, -1, 1, 1, 3, 3]);
  });
});

describe('fake quantisation', function () {
  this.timeout(60_000);
  for (const bits of WEIGHT_BITS) {
    it(`to ${bits} bits: values are whole numbers of steps, gradients are straight-through and those of a learnt step`, async () => {
      const grid = weightGrid(bits);
      const [values = [], byX = [], byStep = []] = await evaluateGraph((ops) => {
        const [x, step] = [ops.constant(X), ops.scalar(STEP)];
        const quantised = fakeQuantise(ops, x, step, grid);
        return [quantised, ...ops.graph.gradients([quantised], [x, step], [ops.constant(UPSTREAM)])];
      });
      let expectedByStep = 0;
      X.forEach((value, i) => {
        const scaled = value / STEP;
        const code = codeOf(value, STEP, grid);
        const within = scaled >= grid.low && scaled <= grid.high;
        assert.equal(values[i], Math.fround(code * STEP), `of ${value}`);
        assert.ok(Math.abs((byX[i] ?? NaN) - (within ? (UPSTREAM[i] ?? NaN) : 0)) < 1e-5, `by ${value}: ${byX[i]}`);
        expectedByStep += (UPSTREAM[i] ?? NaN) * (within ? code - scaled : code);
      });
      assert.ok(Math.abs((byStep[0] ?? NaN) - expectedByStep) < 1e-4, `${byStep[0]}, expected ${expectedByStep}`);
    });
  }

  it('trains the logarithm of a step: its gradient is the scaled one of the step times the step', async () => {
    const grid = weightGrid(4);
    const [step = [], gradient = []] = await evaluateGraph((ops) => {
      const logarithm = ops.scalar(Math.log(0.3));
      const learnt = learntStep(ops, logarithm, 50, grid);
      return [learnt, ...ops.graph.gradients([learnt], [logarithm])];
    });
    assert.ok(Math.abs((step[0] ?? NaN) - 0.3) < 1e-6);
    assert.ok(Math.abs((gradient[0] ?? NaN) - 0.3 / Math.sqrt(50 * 7)) < 1e-7);
  });
});
