import assert from 'node:assert/strict';
import { method } from '../../../ml/ensembles/hard-vote.js';
import type { EnsembleContext } from '../../../ml/ensembles/ensemble.js';
import { argmaxRows } from '../../../ml/evaluation/argmax-rows.js';
import type { Matrix } from '../../../ml/matrix.js';
import { answering } from '../../support/made-up-bases.js';
import { testEnsembleContract } from './ensemble.contract.js';

testEnsembleContract(method);

const context: EnsembleContext = { seed: 1, native: {}, signal: new AbortController().signal, progress: () => undefined };

/** What one row's answers, each with its certainty, are together. */
async function together(answers: readonly (readonly [digit: number, sure: number])[]): Promise<Matrix<Float32Array>> {
  const probabilities = answers.map(([digit, sure]) => answering(1, () => digit, sure));
  const ensemble = await method.fit({ names: answers.map((_, i) => `base ${i}`), probabilities }, Uint8Array.of(0), {}, context);
  return ensemble.predictProba(probabilities);
}

describe('hard voting', () => {
  it('follows the majority, however sure the others are', async () => {
    assert.equal(argmaxRows(await together([[2, 0.2], [2, 0.2], [7, 1]]))[0], 2);
    assert.equal(argmaxRows(await together([[7, 1], [2, 0.11], [3, 1], [2, 0.11]]))[0], 2);
  });

  it('breaks a tie by the mean probability, not by the order of digits or bases', async () => {
    assert.equal(argmaxRows(await together([[2, 0.6], [7, 0.9]]))[0], 7);
    assert.equal(argmaxRows(await together([[7, 0.6], [2, 0.9]]))[0], 2);
    assert.equal(argmaxRows(await together([[1, 0.5], [8, 0.4], [8, 0.4], [1, 0.5], [3, 0.99]]))[0], 1);
  });

  it('gives shares of the votes, smoothed by the mean probability as by one more vote', async () => {
    const { data } = await together([[2, 0.55], [2, 0.55], [7, 0.55]]);
    assert.ok(Math.abs((data[2] ?? 0) - (2 + (0.55 + 0.55 + 0.05) / 3) / 4) < 1e-6, `${data[2]}`);
    assert.ok(Math.abs((data[0] ?? 0) - 0.05 / 4) < 1e-6, `${data[0]}`);
  });
});
