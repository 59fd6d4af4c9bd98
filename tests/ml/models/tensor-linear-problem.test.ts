import assert from 'node:assert/strict';
import type { LabelledMatrix } from '../../../ml/matrix.js';
import { plainProblem } from '../../../ml/models/linear-problem.js';
import type { LinearProblem } from '../../../ml/models/linear-problem.js';
import { columnScales } from '../../../ml/models/standardise.js';
import { standardisedBlocks } from '../../../ml/models/standardised-blocks.js';
import { SOFTMAX_CROSS_ENTROPY } from '../../../ml/models/softmax-cross-entropy.js';
import { tensorProblem } from '../../../ml/models/tensor-linear-problem.js';
import { createRandom } from '../../../ml/random.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';

describe('the softmax problem by TensorFlow', function () {
  this.timeout(60_000);
  const RIDGE = 1e-3;
  const [train, validation] = [rows(2_300, 1), rows(400, 2)]; // blocks of a thousand: two whole ones and a part
  const scales = columnScales(train.x);
  const random = createRandom(3);
  let plain: LinearProblem;
  let tensors: LinearProblem;
  let weights: Float64Array;
  before(async () => {
    const { tf } = await loadTensorFlow();
    plain = plainProblem(standardisedBlocks(train, scales), standardisedBlocks(validation, scales), SOFTMAX_CROSS_ENTROPY, RIDGE, () => undefined);
    tensors = await tensorProblem(tf, standardisedBlocks(train, scales), standardisedBlocks(validation, scales), SOFTMAX_CROSS_ENTROPY, RIDGE, async () => undefined);
    weights = Float64Array.from({ length: plain.size }, () => random.normal() / 4);
  });
  after(() => tensors.dispose());

  it('has the loss and the gradient of the plain loops', () => {
    assert.equal(tensors.size, plain.size);
    const [expected, got] = [new Float64Array(plain.size), new Float64Array(plain.size).fill(9)];
    close(tensors.loss(weights, got), plain.loss(weights, expected), 1e-5);
    expected.forEach((value, i) => close(got[i], value, 1e-5));
  });

  it('has the validation loss of the plain loops, and leaves the weights as they are', () => {
    const before = weights.slice();
    close(tensors.validationLoss(weights), plain.validationLoss(weights), 1e-5);
    assert.deepEqual(weights, before);
  });

  it('preconditions as the plain loops do', () => {
    const [a, b] = [weights.slice(), weights.slice()];
    plain.precondition(a);
    tensors.precondition(b);
    a.forEach((value, i) => close(b[i], value, 1e-2 * (1 + Math.abs(value))));
  });

  it('factors a covariance that has lost its rank: equal columns, fewer rows than columns, no penalty', async () => {
    const { tf } = await loadTensorFlow();
    const held = tf.memory().numTensors;
    const few = rows(20, 5);
    const data = Float32Array.from(few.x.data, (_, i) => few.x.data[i - (i % 3)] ?? 0);
    const equal = { x: { ...few.x, data }, labels: few.labels };
    const theirs = columnScales(equal.x);
    const problem = await tensorProblem(tf, standardisedBlocks(equal, theirs), standardisedBlocks(validation, theirs), SOFTMAX_CROSS_ENTROPY, 0, async () => undefined);
    const vector = weights.slice();
    problem.precondition(vector);
    assert.ok(vector.every(Number.isFinite));
    problem.dispose();
    assert.equal(tf.memory().numTensors, held);
  });

  it('frees its tensors when it is stopped', async () => {
    const { tf } = await loadTensorFlow();
    const held = tf.memory().numTensors;
    const reason = new Error('stop');
    await assert.rejects(tensorProblem(tf, standardisedBlocks(train, scales), standardisedBlocks(validation, scales), SOFTMAX_CROSS_ENTROPY, RIDGE, () => Promise.reject(reason)), (error) => error === reason);
    assert.equal(tf.memory().numTensors, held);
  });
});

/** Thirty correlated columns, two of them constant. */
function rows(count: number, seed: number): LabelledMatrix {
  const random = createRandom(seed);
  const columns = 30;
  const data = new Float32Array(count * columns);
  for (let row = 0; row < count; row++) {
    const shared = random.normal();
    for (let j = 0; j < columns; j++) data[row * columns + j] = j % 15 === 7 ? 3 : shared + random.normal() * (j + 1);
  }
  return { x: { rows: count, columns, data }, labels: Uint8Array.from({ length: count }, () => random.integer(10)) };
}

function close(actual: number | undefined, expected: number, tolerance: number): void {
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) <= tolerance, `${actual}, expected ${expected}`);
}
