import assert from 'node:assert/strict';
import { minimiseLbfgs } from '../../../ml/models/minimise-lbfgs.js';
import { DivergedError } from '../../../shared/errors.js';

describe('L-BFGS', () => {
  /** sum of scale * (x - target)^2 / 2 */
  const bowl = (scales: readonly number[], targets: readonly number[]) => (x: Float64Array, gradient: Float64Array): number => {
    let value = 0;
    scales.forEach((scale, i) => {
      const gap = (x[i] ?? 0) - (targets[i] ?? 0);
      value += (scale * gap * gap) / 2;
      gradient[i] = scale * gap;
    });
    return value;
  };

  it('finds the bottom of a narrow bowl', async () => {
    const { x, converged } = await minimiseLbfgs(bowl([1, 100, 1e4], [3, -2, 1]), new Float64Array(3), { maxIterations: 100, tolerance: 1e-9 });
    assert.ok(converged);
    [3, -2, 1].forEach((target, i) => assert.ok(Math.abs((x[i] ?? 0) - target) < 1e-8));
  });

  it('takes one iteration where the preconditioner is the Hessian', async () => {
    const scales = [1, 100, 1e4];
    const precondition = (v: Float64Array): void => scales.forEach((scale, i) => { v[i] = (v[i] ?? 0) / scale; });
    const { iterations } = await minimiseLbfgs(bowl(scales, [3, -2, 1]), new Float64Array(3), { maxIterations: 100, tolerance: 1e-9, precondition });
    assert.equal(iterations, 1);
  });

  it('follows the valley of Rosenbrock\'s function', async () => {
    const rosenbrock = (x: Float64Array, gradient: Float64Array): number => {
      const [a, b] = [x[0] ?? 0, x[1] ?? 0];
      gradient[0] = -400 * a * (b - a * a) - 2 * (1 - a);
      gradient[1] = 200 * (b - a * a);
      return 100 * (b - a * a) ** 2 + (1 - a) ** 2;
    };
    const { x } = await minimiseLbfgs(rosenbrock, Float64Array.of(-1.2, 1), { maxIterations: 200, tolerance: 1e-8 });
    assert.ok(Math.hypot((x[0] ?? 0) - 1, (x[1] ?? 0) - 1) < 1e-6, x.join(', '));
  });

  it('stops at its limit, says that it has not converged, and never goes up', async () => {
    const values: number[] = [];
    const { converged, iterations } = await minimiseLbfgs(bowl([1, 1e6], [3, 5]), new Float64Array(2), {
      maxIterations: 2, tolerance: 1e-12, onIteration: async (_, value) => void values.push(value),
    });
    assert.deepEqual([converged, iterations, values.length], [false, 2, 2]);
    assert.ok((values[1] ?? 0) <= (values[0] ?? 0));
  });

  it('ends where it is told to stop, with that iteration\'s solution', async () => {
    const seen: Float64Array[] = [];
    const { x, iterations, converged } = await minimiseLbfgs(bowl([1, 1e3, 1e6], [3, 5, 7]), new Float64Array(3), {
      maxIterations: 50, tolerance: 1e-12, onIteration: async (iteration, _value, _gradient, solution) => {
        seen.push(solution.slice());
        return iteration === 3 ? 'stop' : undefined;
      },
    });
    assert.deepEqual([iterations, converged, seen.length], [3, false, 3]);
    assert.deepEqual(x, seen[2]);
  });

  it('says so when the value is not finite', async () => {
    await assert.rejects(minimiseLbfgs(() => Number.NaN, new Float64Array(1), { maxIterations: 5, tolerance: 1e-3 }), DivergedError);
  });
});
