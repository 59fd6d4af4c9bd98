import assert from 'node:assert/strict';
import type { Bases, EnsembleContext } from '../../../ml/ensembles/ensemble.js';
import { errorScore, logLossScore } from '../../../ml/ensembles/greedy-score.js';
import { selectGreedily } from '../../../ml/ensembles/greedy-selection.js';
import { method } from '../../../ml/ensembles/greedy.js';
import type { GreedyOptions } from '../../../ml/ensembles/greedy.js';
import { accuracy } from '../../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../../ml/evaluation/argmax-rows.js';
import { logLoss } from '../../../ml/evaluation/log-loss.js';
import { InvalidConfigError } from '../../../shared/errors.js';
import { answering, labelsOf, madeUpBases } from '../../support/made-up-bases.js';
import { testEnsembleContract } from './ensemble.contract.js';

testEnsembleContract(method);
testEnsembleContract(method, { options: { metric: 'accuracy', leastInBag: 2, bags: 6 } });

const context: EnsembleContext = { seed: 1, native: {}, signal: new AbortController().signal, progress: () => undefined };
const labels = labelsOf(1_000);

/** Two that complete each other (one knows even rows, the other odd ones, each unsure elsewhere) among eight that know a good half. */
function withPlantedPair(): Bases {
  const crowd = madeUpBases(labels, Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`crowd ${i}`, 0.6])), 5);
  const knowing = (parity: number): Bases['probabilities'][0] =>
    answering(1_000, (row) => (Math.floor(row / 10) % 2 === parity ? (labels[row] ?? 0) : (row * 7) % 10), (row) => (Math.floor(row / 10) % 2 === parity ? 0.98 : 0.12));
  return { names: [...crowd.names, 'even', 'odd'], probabilities: [...crowd.probabilities, knowing(0), knowing(1)] };
}

describe('greedy ensemble selection', () => {
  const bases = withPlantedPair();
  const weightsOf = async (options: Partial<GreedyOptions>, seed = 1): Promise<Record<string, number>> =>
    (await method.fit(bases, labels, { ...method.defaults, ...options }, { ...context, seed })).details['weights'] as Record<string, number>;

  it('finds the pair that completes each other, and takes no other', async () => {
    const weights = await weightsOf({ leastInBag: 10 });
    assert.deepEqual(Object.entries(weights).filter(([, weight]) => weight > 0), [['even', 0.5], ['odd', 0.5]]);
  });

  it('keeps the selection at its lowest loss, not at its last pick', async () => {
    // Of five picks the last can only make one of the two outweigh the other.
    const { even, odd } = await weightsOf({ leastInBag: 10, picks: 5 });
    assert.deepEqual([even, odd], [0.5, 0.5]);
  });

  it('gives weight to others where bags lack one of the pair, and the same for the same seed', async () => {
    const weights = await weightsOf({ leastInBag: 3, bagFraction: 0.4, bags: 10 });
    const { even = 0, odd = 0, ...crowd } = weights;
    assert.ok(even + odd > 0.3 && even + odd < 0.999 && Math.max(...Object.values(crowd)) > 0, JSON.stringify(weights));
    assert.ok(Math.abs(Object.values(weights).reduce((sum, weight) => sum + weight, 0) - 1) < 2e-3);
    assert.deepEqual(await weightsOf({ leastInBag: 3, bagFraction: 0.4, bags: 10 }), weights);
    assert.notDeepEqual(await weightsOf({ leastInBag: 3, bagFraction: 0.4, bags: 10 }, 2), weights);
  });

  it('reports the log-loss and the errors that the selection has', () => {
    const count = bases.names.length;
    const bag = Array.from({ length: count }, (_, i) => i);
    for (const [of, lossOf] of [
      [logLossScore, (mean: Bases['probabilities'][0]) => logLoss(mean, labels)],
      [errorScore, (mean: Bases['probabilities'][0]) => 1 - accuracy(argmaxRows(mean), labels)],
    ] as const) {
      const { counts, loss } = selectGreedily(of(bases, labels)(), { bag: bag.slice(0, 8), picks: 12, start: 3 });
      const total = counts.reduce((sum, each) => sum + each, 0);
      const data = Float32Array.from({ length: 10_000 }, (_, i) => counts.reduce((sum, each, b) => sum + (each * (bases.probabilities[b]?.data[i] ?? 0)) / total, 0));
      assert.ok(Math.abs(lossOf({ rows: 1_000, columns: 10, data }) - loss) < 2e-3, `${loss} of ${counts.join(' ')}`);
    }
  });

  it('selects the better of two again and again rather than the worse once, where the worse only harms', () => {
    const two: Bases = { names: ['right', 'wrong'], probabilities: [answering(1_000, (row) => labels[row] ?? 0, 0.9), answering(1_000, (row) => ((labels[row] ?? 0) + 1) % 10, 0.9)] };
    const { counts } = selectGreedily(logLossScore(two, labels)(), { bag: [1, 0], picks: 5, start: 2 });
    assert.equal(counts[0], 0);
    assert.ok((counts[1] ?? 0) >= 1);
  });

  it('refuses what cannot select', async () => {
    for (const options of [{ metric: 'f1' }, { picks: 0 }, { bags: 1.5 }, { bagFraction: 0 }, { bagFraction: 1.2 }, { start: -1 }]) {
      await assert.rejects(weightsOf(options), InvalidConfigError, JSON.stringify(options));
    }
  });
});
