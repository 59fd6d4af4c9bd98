import assert from 'node:assert/strict';
import { crossFit } from '../../../ml/ensembles/cross-fit.js';
import type { Bases, EnsembleContext } from '../../../ml/ensembles/ensemble.js';
import { method } from '../../../ml/ensembles/log-pool.js';
import { accuracy } from '../../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../../ml/evaluation/argmax-rows.js';
import { logLoss } from '../../../ml/evaluation/log-loss.js';
import { createRandom } from '../../../ml/random.js';
import { InvalidConfigError } from '../../../shared/errors.js';
import { answering, labelsOf, madeUpBases } from '../../support/made-up-bases.js';
import { testEnsembleContract } from './ensemble.contract.js';

testEnsembleContract(method);

const context: EnsembleContext = { seed: 3, native: {}, signal: new AbortController().signal, progress: () => undefined };

describe('the logarithmic opinion pool', function () {
  this.timeout(30_000);
  const labels = labelsOf(1_500);
  const bases = madeUpBases(labels, { good: 0.8, fair: 0.7, noise: 0 }, 1);

  it('trusts a base the more, the better it is, and one that knows nothing hardly at all', async () => {
    const { good = 0, fair = 0, noise = 1 } = (await method.fit(bases, labels, { C: 1 }, context)).details['weights'] as Record<string, number>;
    assert.ok(good > 0.5 && fair > 0.5 && Math.abs(noise) < 0.1, `${good}, ${fair}, ${noise}`);
  });

  it('has a log-loss that is no worse than of equal votes, out of fold', async () => {
    const equal = Float32Array.from({ length: 15_000 }, (_, i) => Math.exp(bases.probabilities.reduce((sum, base) => sum + Math.log(base.data[i] ?? 0), 0) / 3));
    for (let row = 0; row < 1_500; row++) {
      const sum = equal.subarray(row * 10, (row + 1) * 10).reduce((total, vote) => total + vote, 0);
      for (let k = 0; k < 10; k++) equal[row * 10 + k] = (equal[row * 10 + k] ?? 0) / sum;
    }
    const reached = logLoss(await crossFit(method, bases, labels, { C: 1 }, context), labels);
    assert.ok(reached < logLoss({ rows: 1_500, columns: 10, data: equal }, labels), `${reached}`);
  });

  it('does not lose to a base that is nearly perfect when the others are noise', async () => {
    const random = createRandom(9);
    const answers = Array.from(labels, (label) => (random.uniform() < 0.99 ? label : random.integer(10)));
    const good = answering(1_500, (row) => answers[row] ?? 0, 0.991);
    const two: Bases = { names: ['good', 'noise'], probabilities: [good, bases.probabilities[2] ?? good] };
    const outOfFold = await crossFit(method, two, labels, { C: 0.01 }, context);
    assert.ok(accuracy(argmaxRows(outOfFold), labels) >= accuracy(argmaxRows(good), labels) - 1 / labels.length);
  });

  it('refuses a C of 0', async () => {
    await assert.rejects(method.fit(bases, labels, { C: 0 }, context), InvalidConfigError);
  });
});

describe('the cross-fit of an ensemble', function () {
  this.timeout(30_000);

  it('answers no row by an ensemble that saw it: labels of noise stay unlearnt', async () => {
    // Five times as many bases of noise as rows: whoever saw a row's label could learn it by heart.
    const few = labelsOf(40);
    const noise = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`noise ${i}`, 0]));
    const bases = madeUpBases(few, noise, 100);
    const shuffled = createRandom(4).shuffle(few.slice());
    const ensemble = await method.fit(bases, shuffled, { C: 1e4 }, context);
    assert.ok(accuracy(argmaxRows(await ensemble.predictProba(bases.probabilities)), shuffled) > 0.8, 'the rows seen are learnt by heart');
    assert.ok(accuracy(argmaxRows(await crossFit(method, bases, shuffled, { C: 1e4 }, context)), shuffled) < 0.3);
  });
});
