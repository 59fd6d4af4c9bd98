import assert from 'node:assert/strict';
import { method } from '../../../ml/ensembles/soft-vote.js';
import { labelsOf, madeUpBases } from '../../support/made-up-bases.js';
import { testEnsembleContract } from './ensemble.contract.js';

testEnsembleContract(method);

describe('soft voting', () => {
  it('answers with the mean of the probabilities', async () => {
    const labels = labelsOf(20);
    const { names, probabilities } = madeUpBases(labels, { a: 0.9, b: 0.4 }, 3);
    const ensemble = await method.fit({ names, probabilities }, labels, {}, { seed: 1, native: {}, signal: new AbortController().signal, progress: () => undefined });
    const { data } = await ensemble.predictProba(probabilities);
    for (const [i, value] of data.entries()) {
      const mean = ((probabilities[0]?.data[i] ?? 0) + (probabilities[1]?.data[i] ?? 0)) / 2;
      assert.ok(Math.abs(value - mean) < 1e-7, `${i}: ${value}, expected ${mean}`);
    }
    assert.deepEqual([ensemble.parameters, ensemble.details], [0, { weights: { a: 0.5, b: 0.5 } }]);
  });
});
