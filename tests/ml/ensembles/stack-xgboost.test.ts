import assert from 'node:assert/strict';
import type { EnsembleContext } from '../../../ml/ensembles/ensemble.js';
import { readEnsemble, writeEnsemble } from '../../../ml/ensembles/ensemble-bytes.js';
import { method } from '../../../ml/ensembles/stack-xgboost.js';
import { InvalidModelError } from '../../../shared/errors.js';
import { labelsOf, madeUpBases } from '../../support/made-up-bases.js';
import { xgboostPath } from '../../support/xgboost-path.js';
import { testEnsembleContract } from './ensemble.contract.js';

const native = { xgboost: xgboostPath() };

testEnsembleContract(method, { options: { rounds: 25, minChildWeight: 2, learningRate: 0.3 }, native });

describe('stacking with XGBoost', function () {
  this.timeout(60_000);
  const labels = labelsOf(400);
  const bases = madeUpBases(labels, { a: 0.7, b: 0.7 }, 2);
  const context: EnsembleContext = { seed: 3, native, signal: new AbortController().signal, progress: () => undefined };

  it('stops where the rows left out for it get no better', async () => {
    const ensemble = await method.fit(bases, labels, { ...method.defaults, minChildWeight: 1, learningRate: 0.5, rounds: 100, earlyStoppingRounds: 3 }, context);
    const { rounds, bestRound } = ensemble.details as { rounds: number; bestRound: number };
    ensemble.dispose();
    assert.ok(rounds < 100 && bestRound === rounds - 3, `best ${bestRound} of ${rounds}`);
  });

  it('refuses trees of another number of bases than it names, and no trees', async () => {
    const ensemble = await method.fit(bases, labels, { ...method.defaults, rounds: 2 }, context);
    const { files } = readEnsemble(await ensemble.save());
    ensemble.dispose();
    const booster = files['booster.ubj'] ?? new Uint8Array();
    await assert.rejects(method.load(writeEnsemble('stack-xgboost', ['a', 'b', 'c'], { 'booster.ubj': booster }), native), /20 columns, expected 30/);
    await assert.rejects(method.load(writeEnsemble('stack-xgboost', ['a', 'b'], {}), native), InvalidModelError);
  });
});
