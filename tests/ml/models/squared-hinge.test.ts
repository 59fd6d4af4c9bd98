import assert from 'node:assert/strict';
import { SQUARED_HINGE } from '../../../ml/models/squared-hinge.js';
import { createRandom } from '../../../ml/random.js';
import { tensorFlowOps } from '../../../native/tensorflow-js-ops.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';

describe('squared hinge', () => {
  const random = createRandom(3);
  const rows = 20;
  const scores = Float64Array.from({ length: rows * 10 }, () => 1.5 * random.normal());
  const labels = Uint8Array.from({ length: rows }, () => random.integer(10));

  it('is nothing where all scores are beyond the margin, and by hand elsewhere', () => {
    const beyond = Float64Array.of(-1, -2, 3, -1, -1, -1, -1, -1, -1, -1);
    assert.equal(SQUARED_HINGE.residual(beyond, 0, 2), 0);
    assert.ok(beyond.every((value) => value === 0));
    const one = Float64Array.of(0.5, -1, -1, -1, -1, -1, -1, -1, -1, 0);
    assert.equal(SQUARED_HINGE.residual(one, 0, 0), 0.25 + 1);
    assert.deepEqual([one[0], one[9]], [-1, 2]);
  });

  it('has the derivatives that finite differences give', () => {
    for (let row = 0; row < rows; row++) {
      const residual = scores.slice(row * 10, row * 10 + 10);
      SQUARED_HINGE.residual(residual, 0, labels[row] ?? 0);
      for (let k = 0; k < 10; k++) {
        const at = (step: number): number => {
          const moved = scores.slice(row * 10, row * 10 + 10);
          moved[k] = (moved[k] ?? 0) + step;
          return SQUARED_HINGE.residual(moved, 0, labels[row] ?? 0);
        };
        assert.ok(Math.abs((at(1e-5) - at(-1e-5)) / 2e-5 - (residual[k] ?? 0)) < 1e-4);
      }
    }
  });

  it('is the same by TensorFlow', async () => {
    const { tf } = await loadTensorFlow();
    const targets = tf.tensor2d(Float32Array.from({ length: rows * 10 }, (_, i) => (labels[Math.floor(i / 10)] === i % 10 ? 1 : 0)), [rows, 10]);
    const [losses, slopes] = SQUARED_HINGE.tensors(tf, tensorFlowOps(tf), tf.tensor2d(Float32Array.from(scores), [rows, 10]), targets);
    const [loss, slope] = [losses.dataSync(), slopes.dataSync()];
    for (let row = 0; row < rows; row++) {
      const residual = scores.slice(row * 10, row * 10 + 10);
      assert.ok(Math.abs(SQUARED_HINGE.residual(residual, 0, labels[row] ?? 0) - (loss[row] ?? 0)) < 1e-4);
      residual.forEach((value, k) => assert.ok(Math.abs(value - (slope[row * 10 + k] ?? 0)) < 1e-5));
    }
  });
});
