import assert from 'node:assert/strict';
import { crossFit } from '../../../ml/ensembles/cross-fit.js';
import type { Bases, EnsembleContext } from '../../../ml/ensembles/ensemble.js';
import { method as logPool } from '../../../ml/ensembles/log-pool.js';
import { method } from '../../../ml/ensembles/stack-logistic.js';
import { logLoss } from '../../../ml/evaluation/log-loss.js';
import { createRandom } from '../../../ml/random.js';
import { InvalidConfigError } from '../../../shared/errors.js';
import { answering, labelsOf, madeUpBases } from '../../support/made-up-bases.js';
import { testEnsembleContract } from './ensemble.contract.js';

testEnsembleContract(method);

const context: EnsembleContext = { seed: 3, native: {}, signal: new AbortController().signal, progress: () => undefined };

/** One base knows the digits below 5, the other those from 5 on, and each is as sure where it guesses. */
function specialists(labels: Uint8Array): Bases {
  const random = createRandom(8);
  const knowing = (mine: (label: number) => boolean): Bases['probabilities'][0] => {
    const answers = Array.from(labels, (label) => (mine(label) ? label : random.integer(10)));
    return answering(labels.length, (row) => answers[row] ?? 0, 0.6);
  };
  return { names: ['low', 'high'], probabilities: [knowing((label) => label < 5), knowing((label) => label >= 5)] };
}

describe('stacking with logistic regression', function () {
  this.timeout(30_000);

  it('learns whom to trust for which digit, which one weight a base cannot', async () => {
    const labels = labelsOf(3_000);
    const bases = specialists(labels);
    const options = { ...method.defaults, Cs: [1e-3, 1] };
    const stacked = logLoss(await crossFit(method, bases, labels, options, context), labels);
    const pooled = logLoss(await crossFit(logPool, bases, labels, { C: 1 }, context), labels);
    assert.ok(stacked < pooled - 0.1, `${stacked} against ${pooled}`);
    assert.equal((await method.fit(bases, labels, options, context)).details['C'], 1);
  });

  it('stays with the pool where there are too few rows for more, and chooses so itself', async () => {
    const labels = labelsOf(200);
    const bases = madeUpBases(labels, { a: 0.7, b: 0.7, c: 0.6 }, 2);
    const Cs = [1e-9, 100];
    const ensemble = await method.fit(bases, labels, { ...method.defaults, Cs }, context);
    assert.equal(ensemble.details['C'], 1e-9);
    const pool = await logPool.fit(bases, labels, { C: 1 }, context);
    const [stacked, pooled] = [await ensemble.predictProba(bases.probabilities), await pool.predictProba(bases.probabilities)];
    assert.ok(stacked.data.every((value, i) => Math.abs(value - (pooled.data[i] ?? 0)) < 1e-3));
  });

  it('refuses strengths and folds that are none', async () => {
    const labels = labelsOf(50);
    const bases = madeUpBases(labels, { a: 0.7, b: 0.7 }, 2);
    for (const options of [{ Cs: [] }, { Cs: [0] }, { Cs: [1, -1] }, { folds: 1 }, { folds: 2.5 }]) {
      await assert.rejects(method.fit(bases, labels, { ...method.defaults, ...options }, context), InvalidConfigError, JSON.stringify(options));
    }
  });
});
