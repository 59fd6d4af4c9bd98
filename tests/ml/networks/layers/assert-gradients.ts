import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../../../native/tensorflow-js.js';

const STEP = 1e-2; // values are float32: smaller steps drown in rounding
const MOST = 40; // numbers tried of each variable

/**
 * The gradients that TensorFlow.js takes of a weighted sum of `output` by each variable must lie between the finite differences to
 * the left and to the right, which part at a rectifier's kink. Of long variables evenly spread numbers are tried.
 */
export function assertGradients(tf: TensorFlow, output: () => tfTypes.Tensor, variables: readonly tfTypes.Variable[]): void {
  const weights = (size: number): Float32Array => Float32Array.from({ length: size }, (_, i) => Math.cos(1.7 * i + 0.3));
  const sum = (): number => tf.tidy(() => {
    const values = output().dataSync() as Float32Array;
    const factors = weights(values.length);
    return values.reduce((total, value, i) => total + value * (factors[i] ?? 0), 0);
  });
  const { value, grads } = tf.variableGrads(
    () => tf.tidy(() => {
      const given = output();
      return tf.sum(tf.mul(given, tf.tensor(weights(given.size), given.shape)));
    }) as tfTypes.Scalar,
    [...variables],
  );
  value.dispose();
  variables.forEach((variable, which) => {
    const gradient = grads[variable.name]?.dataSync() as Float32Array;
    assert.equal(gradient.length, variable.size);
    const values = (variable.dataSync() as Float32Array).slice();
    const stride = Math.max(1, Math.floor(values.length / MOST));
    const largest = gradient.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
    assert.ok(largest > 1e-3, `variable ${which} (${variable.shape}) has no gradient`);
    for (let i = 0; i < values.length; i += stride) {
      const at = (difference: number): number => {
        const moved = values.slice();
        moved[i] = (moved[i] ?? 0) + difference;
        const tensor = tf.tensor(moved, variable.shape);
        variable.assign(tensor);
        tensor.dispose();
        return sum();
      };
      const middle = at(0);
      const slopes = [(at(STEP) - middle) / STEP, (middle - at(-STEP)) / STEP];
      const [lowest, highest] = [Math.min(...slopes), Math.max(...slopes)];
      const taken = gradient[i] ?? Number.NaN;
      const slack = 0.01 * largest;
      assert.ok(taken >= lowest - slack && taken <= highest + slack, `variable ${which} (${variable.shape}), number ${i}: gradient ${taken}, finite differences ${slopes}`);
      at(0);
    }
  });
  tf.dispose(grads);
}
