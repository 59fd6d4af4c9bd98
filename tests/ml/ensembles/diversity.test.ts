import assert from 'node:assert/strict';
import { analyseDiversity } from '../../../ml/ensembles/analyse-diversity.js';
import { pairDiversity } from '../../../ml/ensembles/diversity.js';
import type { EnsembleContext } from '../../../ml/ensembles/ensemble.js';
import { method as logPool } from '../../../ml/ensembles/log-pool.js';
import { InvalidDataError } from '../../../shared/errors.js';
import { labelsOf, madeUpBases } from '../../support/made-up-bases.js';

/** Answers to rows of the digit 1: `1` is right, `0` wrong. */
function answers(text: string): Uint8Array {
  return Uint8Array.from(text, Number);
}

function assertNear(value: number | null, expected: number): void {
  assert.ok(value !== null && Math.abs(value - expected) < 1e-12, `${value}, expected ${expected}`);
}

describe('the diversity of two models', () => {
  it('is the known one of four, three, two and one rows: both right, one, the other, neither', () => {
    // Q = (4 x 1 - 3 x 2) / (4 x 1 + 3 x 2); correlation = -2 / sqrt(7 x 3 x 6 x 4).
    const { q, correlation, disagreement, doubleFault } = pairDiversity(answers('1111111000'), answers('1111000110'), answers('1111111111'));
    assertNear(q, -0.2);
    assertNear(correlation, -2 / Math.sqrt(504));
    assertNear(disagreement, 0.5);
    assertNear(doubleFault, 0.1);
  });

  it('is least for equal models, greatest for those that complete each other, and 0 in Q for independent ones', () => {
    const truth = answers('1111');
    assert.deepEqual(pairDiversity(answers('1100'), answers('1100'), truth), { q: 1, correlation: 1, disagreement: 0, doubleFault: 0.5 });
    assert.deepEqual(pairDiversity(answers('1100'), answers('0011'), truth), { q: -1, correlation: -1, disagreement: 1, doubleFault: 0 });
    assert.deepEqual(pairDiversity(answers('1100'), answers('1010'), truth), { q: 0, correlation: 0, disagreement: 0.5, doubleFault: 0.25 });
  });

  it('counts two different wrong answers as a double fault', () => {
    assert.equal(pairDiversity(Uint8Array.of(3, 1), Uint8Array.of(4, 1), Uint8Array.of(1, 1)).doubleFault, 0.5);
  });

  it('says nothing of Q and correlation where one of them never errs', () => {
    const { q, correlation, disagreement } = pairDiversity(answers('1111'), answers('1110'), answers('1111'));
    assert.deepEqual([q, correlation, disagreement], [null, null, 0.25]);
  });

  it('refuses no rows, and answers to other rows', () => {
    assert.throws(() => pairDiversity(answers(''), answers(''), answers('')), InvalidDataError);
    assert.throws(() => pairDiversity(answers('11'), answers('1'), answers('11')), InvalidDataError);
  });
});

describe('the diversity of an ensemble', function () {
  this.timeout(30_000);
  const labels = labelsOf(1_000);
  const context: EnsembleContext = { seed: 3, native: {}, signal: new AbortController().signal, progress: () => undefined };

  it('ranks the bases by what the ensemble loses without them, and lists every pair once', async () => {
    const bases = madeUpBases(labels, { noise: 0, fair: 0.6, good: 0.8 }, 1);
    const heard: number[] = [];
    const { bases: ranked, pairs, rows, method, logLoss } = await analyseDiversity(bases, labels, logPool, { C: 1 }, { ...context, progress: ({ fraction }) => heard.push(fraction) });
    assert.deepEqual([ranked.map(({ name }) => name), rows, method], [['good', 'fair', 'noise'], 1_000, 'log-pool']);
    const [good, , noise] = ranked;
    assert.ok((good?.adds ?? 0) > 0.2 && Math.abs(noise?.adds ?? 1) < 0.02 && logLoss > 0, JSON.stringify(ranked));
    assert.ok(Math.abs((good?.accuracy ?? 0) - 0.82) < 0.04);
    assert.deepEqual(pairs.map(({ a, b }) => `${a}-${b}`), ['noise-fair', 'noise-good', 'fair-good']);
    assert.ok(heard.every((fraction, i) => fraction >= 0 && fraction <= 1 && fraction >= (heard[i - 1] ?? 0)), heard.join(' '));
  });

  it('cannot say what either of two adds, for alone they are no ensemble', async () => {
    const { bases } = await analyseDiversity(madeUpBases(labels, { a: 0.7, b: 0.8 }, 1), labels, logPool, { C: 1 }, context);
    assert.deepEqual(bases.map(({ adds }) => adds), [null, null]);
  });
});
