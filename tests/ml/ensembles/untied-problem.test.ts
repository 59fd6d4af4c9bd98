import assert from 'node:assert/strict';
import { logProbabilities } from '../../../ml/ensembles/log-probabilities.js';
import { paddedRows } from '../../../ml/ensembles/untied-pool.js';
import { untiedProblem } from '../../../ml/ensembles/untied-problem.js';
import { createRandom } from '../../../ml/random.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { labelsOf, madeUpBases } from '../../support/made-up-bases.js';

describe('the problem of stacking', function () {
  this.timeout(60_000);

  it('is the same on the JavaScript heap and by TensorFlow, which keeps no tensor', async () => {
    const labels = labelsOf(2_300); // two whole blocks of a thousand and a part
    const rows = paddedRows(logProbabilities(madeUpBases(labels, { good: 0.9, bad: 0.4, none: 0 }, 5)));
    const { tf } = await loadTensorFlow();
    const held = tf.memory().numTensors;
    const plain = await untiedProblem(rows, labels, 1e-2, Number.POSITIVE_INFINITY);
    const tensors = await untiedProblem(rows, labels, 1e-2, 0);
    assert.ok(tf.memory().numTensors > held, 'by TensorFlow');
    assert.equal(tensors.size, plain.size);

    const random = createRandom(3);
    const weights = Float64Array.from({ length: plain.size }, () => random.normal() / 10);
    const [expected, got] = [new Float64Array(plain.size), new Float64Array(plain.size).fill(9)];
    const loss = plain.loss(weights, expected);
    assert.ok(Math.abs(tensors.loss(weights, got) - loss) < 1e-5 * loss);
    expected.forEach((value, i) => assert.ok(Math.abs((got[i] ?? 0) - value) < 1e-4 * (1 + Math.abs(value)), `${i}: ${got[i]}, expected ${value}`));

    const [a, b] = [expected.slice(), expected.slice()];
    plain.precondition(a);
    tensors.precondition(b);
    const length = Math.hypot(...a);
    assert.ok(Math.hypot(...a.map((value, i) => value - (b[i] ?? 0))) < 1e-2 * length);
    tensors.dispose();
    assert.equal(tf.memory().numTensors, held);
  });
});
