import assert from 'node:assert/strict';
import { distillationLoss } from '../../../ml/graph/distillation-loss.js';
import type { Teacher } from '../../../ml/graph/distillation-loss.js';
import { readTopology } from '../../../ml/graph/topology.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { evaluateGraph } from './evaluate-graph.js';

const IMAGES = Float32Array.of(0.2, 0.9, 0.4, 0.1, 0.5, 0.8, 0.3, 0.6);
const LOGITS = Float32Array.of(1, -0.5, 0.3, -2, 0.4, 0.7);
const TARGETS = Float32Array.of(1, 0, 0, 0, 0.5, 0.5);
const KERNEL = Float32Array.of(1, 0, -1, 0.5, 2, 0, -1, 1, 0.2, 0, -0.4, 1);

const softmax = (logits: readonly number[]): number[] => {
  const exponentials = logits.map(Math.exp);
  const sum = exponentials.reduce((a, b) => a + b, 0);
  return exponentials.map((value) => value / sum);
};

describe('the loss of a network that is taught by another one', function () {
  this.timeout(60_000);

  it('is that of the labels and that of the softened answers for the same images, and so is its gradient', async () => {
    const { tf } = await loadTensorFlow();
    const model = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [2, 2, 1], name: 'flat' }), tf.layers.dense({ name: 'digits', units: 3, useBias: false, activation: 'softmax' })] });
    const [temperature, share] = [2.5, 0.75];
    const teacher: Teacher = { topology: readTopology(model.toJSON(null, false)), weights: [{ name: 'digits/kernel', shape: [4, 3], data: KERNEL }], temperature, share };
    model.dispose();
    const [loss = [], gradient = []] = await evaluateGraph((ops) => {
      const logits = ops.constant(LOGITS, [2, 3]);
      const value = distillationLoss(ops, { logits, targets: ops.constant(TARGETS, [2, 3]), images: ops.constant(IMAGES, [2, 4]) }, teacher, 'float32');
      return [value, ...ops.graph.gradients([value], [logits])];
    });
    let expected = 0;
    const byLogits: number[] = [];
    for (const row of [0, 1]) {
      const own = Array.from(LOGITS.subarray(3 * row, 3 * row + 3));
      const targets = Array.from(TARGETS.subarray(3 * row, 3 * row + 3));
      const taught = [0, 1, 2].map((c) => [0, 1, 2, 3].reduce((sum, i) => sum + (IMAGES[4 * row + i] ?? NaN) * (KERNEL[3 * i + c] ?? NaN), 0));
      const [soft, cool, hard] = [softmax(taught.map((value) => value / temperature)), softmax(own.map((value) => value / temperature)), softmax(own)];
      for (const c of [0, 1, 2]) {
        const [p, q, target, answer] = [soft[c] ?? NaN, cool[c] ?? NaN, targets[c] ?? NaN, hard[c] ?? NaN];
        expected -= ((1 - share) * target * Math.log(answer) + share * temperature ** 2 * p * Math.log(q)) / 2;
        byLogits.push(((1 - share) * (answer - target) + share * temperature * (q - p)) / 2);
      }
    }
    assert.ok(Math.abs((loss[0] ?? NaN) - expected) < 1e-5, `${loss[0]}, expected ${expected}`);
    gradient.forEach((value, i) => assert.ok(Math.abs(value - (byLogits[i] ?? NaN)) < 1e-5, `${i}: ${value}, expected ${byLogits[i]}`));
  });
});
