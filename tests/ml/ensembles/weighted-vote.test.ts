import assert from 'node:assert/strict';
import { method } from '../../../ml/ensembles/weighted-vote.js';
import type { Bases, EnsembleContext } from '../../../ml/ensembles/ensemble.js';
import { logLoss } from '../../../ml/evaluation/log-loss.js';
import { InvalidConfigError } from '../../../shared/errors.js';
import { labelsOf, madeUpBases } from '../../support/made-up-bases.js';
import { testEnsembleContract } from './ensemble.contract.js';

testEnsembleContract(method);

const context: EnsembleContext = { seed: 1, native: {}, signal: new AbortController().signal, progress: () => undefined };

describe('soft voting with learnt weights', () => {
  const labels = labelsOf(2_000);
  const bases = madeUpBases(labels, { good: 0.8, fair: 0.7, noise: 0 }, 4);
  const weightsOf = async (of: Bases): Promise<Record<string, number>> => (await method.fit(of, labels, method.defaults, context)).details['weights'] as Record<string, number>;

  it('weighs a base the more the better it is, one that knows nothing not at all, and all together one', async () => {
    const { good = 0, fair = 0, noise = 1 } = await weightsOf(bases);
    assert.ok(good > fair && fair > 0.2 && noise < 0.01, `${good}, ${fair}, ${noise}`);
    assert.ok(Math.abs(good + fair + noise - 1) < 1e-3);
  });

  it('has a lower log-loss than any other weights nearby, and than equal ones', async () => {
    const ensemble = await method.fit(bases, labels, method.defaults, context);
    const weights = Object.values(ensemble.details['weights'] as Record<string, number>);
    const lossOf = (of: readonly number[]): number => {
      const data = Float32Array.from(labels.length === 0 ? [] : bases.probabilities[0]?.data ?? [], (_, i) => bases.probabilities.reduce((sum, base, b) => sum + (of[b] ?? 0) * (base.data[i] ?? 0), 0));
      return logLoss({ rows: labels.length, columns: 10, data }, labels);
    };
    const reached = logLoss(await ensemble.predictProba(bases.probabilities), labels);
    for (const other of [[1 / 3, 1 / 3, 1 / 3], [1, 0, 0], [(weights[0] ?? 0) + 0.05, (weights[1] ?? 0) - 0.05, weights[2] ?? 0], [(weights[0] ?? 0) - 0.05, (weights[1] ?? 0) + 0.05, weights[2] ?? 0]]) {
      assert.ok(reached < lossOf(other), `${reached} against ${lossOf(other)} of ${other.join(' ')}`);
    }
  });

  it('shares the weight equally among equal bases', async () => {
    const [good, fair] = bases.probabilities as [Bases['probabilities'][0], Bases['probabilities'][0]];
    const { a = 0, b = 1 } = await weightsOf({ names: ['a', 'b', 'fair'], probabilities: [good, good, fair] });
    assert.equal(a, b);
  });

  it('refuses a tolerance that is never reached', async () => {
    await assert.rejects(method.fit(bases, labels, { ...method.defaults, tolerance: 0 }, context), InvalidConfigError);
  });
});
