import assert from 'node:assert/strict';
import { fitStack, loadStack } from '../../../ml/ensembles/stacking.js';
import { stratifiedFolds } from '../../../ml/ensembles/stratified-folds.js';
import { accuracy } from '../../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../../ml/evaluation/argmax-rows.js';
import { logLoss } from '../../../ml/evaluation/log-loss.js';
import type { Matrix } from '../../../ml/matrix.js';
import type { FitContext } from '../../../ml/models/model.js';
import { createRandom } from '../../../ml/random.js';
import { InvalidConfigError, InvalidDataError, InvalidModelError } from '../../../shared/errors.js';

const NAMES = ['good', 'fair', 'noise'];
const SKILLS = [0.8, 0.7, 0];
const context: FitContext = { seed: 3, native: {}, signal: new AbortController().signal, progress: () => undefined };

/** Bases that know the digit in a share of the rows, independently, and guess it otherwise; the last one knows nothing. */
function bases(labels: Uint8Array, seed: number): Matrix<Float32Array>[] {
  const random = createRandom(seed);
  return SKILLS.map((skill) => {
    const data = new Float32Array(labels.length * 10);
    labels.forEach((label, row) => {
      const known = random.uniform() < skill;
      const guess = known ? label : random.integer(10);
      const sure = known || skill === 0 ? 0.55 : 0.28; // a base with skill is less sure where it guesses
      for (let k = 0; k < 10; k++) data[row * 10 + k] = k === guess ? sure : (1 - sure) / 9;
    });
    return { rows: labels.length, columns: 10, data };
  });
}

function digits(rows: number): Uint8Array {
  return Uint8Array.from({ length: rows }, (_, row) => row % 10);
}

describe('stacking', function () {
  this.timeout(30_000);
  const labels = digits(1_500);
  const train = bases(labels, 1);
  const fitted = fitStack(NAMES, train, labels, 1, context);

  it('beats each of its bases, on rows that it has not seen', async () => {
    const { stack, outOfFold } = await fitted;
    const unseen = digits(1_000);
    const others = bases(unseen, 2);
    const best = Math.max(...others.map((base) => accuracy(argmaxRows(base), unseen)));
    const reached = accuracy(argmaxRows(await stack.predictProba(others)), unseen);
    assert.ok(reached > best + 0.04, `${reached} against ${best}`);
    const held = accuracy(argmaxRows(outOfFold), labels);
    assert.ok(Math.abs(held - reached) < 0.05, `out of fold ${held}, unseen ${reached}`);
  });

  it('trusts a base the more, the better it is, and one that knows nothing hardly at all', async () => {
    const [good = 0, fair = 0, noise = 0] = (await fitted).stack.weights;
    assert.ok(good > 0.5 && fair > 0.5 && Math.abs(noise) < 0.1, `${good}, ${fair}, ${noise}`);
  });

  it('has a log-loss that is no worse than of equal votes, out of fold', async () => {
    const equal = new Float32Array(labels.length * 10);
    labels.forEach((_, row) => {
      const votes = Array.from({ length: 10 }, (__, k) => Math.exp(train.reduce((sum, base) => sum + Math.log(base.data[row * 10 + k] ?? 0), 0) / 3));
      const sum = votes.reduce((total, vote) => total + vote, 0);
      votes.forEach((vote, k) => { equal[row * 10 + k] = vote / sum; });
    });
    const reached = logLoss((await fitted).outOfFold, labels);
    assert.ok(reached < logLoss({ rows: labels.length, columns: 10, data: equal }, labels), `${reached}`);
  });

  it('does not lose to a base that is nearly perfect when the others are noise', async () => {
    const random = createRandom(9);
    const perfect = new Float32Array(labels.length * 10).fill(0.001);
    labels.forEach((label, row) => { perfect[row * 10 + (random.uniform() < 0.99 ? label : random.integer(10))] = 0.991; });
    const good = { rows: labels.length, columns: 10, data: perfect };
    const { outOfFold } = await fitStack(['good', 'noise'], [good, bases(labels, 5)[2] ?? good], labels, 0.01, context);
    assert.ok(accuracy(argmaxRows(outOfFold), labels) >= accuracy(argmaxRows(good), labels) - 1 / labels.length);
  });

  it('predicts no row out of fold by a meta-learner that saw it: labels of noise stay unlearnt', async () => {
    // Five times as many bases of noise as rows: whoever saw a row's label could learn it by heart.
    const few = digits(40);
    const random = createRandom(4);
    const noise = Array.from({ length: 200 }, (_, i) => bases(few, 100 + i)[2] as Matrix<Float32Array>);
    const shuffled = random.shuffle(few.slice());
    const { stack, outOfFold } = await fitStack(noise.map((_, i) => `noise ${i}`), noise, shuffled, 1e4, context);
    assert.ok(accuracy(argmaxRows(await stack.predictProba(noise)), shuffled) > 0.8, 'the rows seen are learnt by heart');
    assert.ok(accuracy(argmaxRows(outOfFold), shuffled) < 0.3);
  });

  it('gives the same bytes for the same seed, and the same probabilities after a round trip', async () => {
    const { stack, outOfFold } = await fitted;
    const again = await fitStack(NAMES, train, labels, 1, context);
    const bytes = await stack.save();
    assert.deepEqual(Buffer.from(await again.stack.save()), Buffer.from(bytes));
    assert.deepEqual(again.outOfFold.data, outOfFold.data);
    const back = await loadStack(bytes);
    assert.deepEqual((await back.predictProba(train)).data, (await stack.predictProba(train)).data);
    assert.deepEqual([back.names, back.parameters], [NAMES, stack.parameters]);
  });

  it('refuses bases of other rows, a base too few, and foreign bytes', async () => {
    const { stack } = await fitted;
    await assert.rejects(fitStack(NAMES, bases(digits(20), 1), labels, 1, context), InvalidDataError);
    await assert.rejects(stack.predictProba(train.slice(1)), InvalidModelError);
    await assert.rejects(fitStack([], [], labels, 1, context), InvalidDataError);
    await assert.rejects(fitStack(NAMES, train, labels, 0, context), InvalidConfigError);
    await assert.rejects(loadStack(new TextEncoder().encode('no stack')), InvalidModelError);
  });

  it('stays finite where a base says exactly 0 and 1', async () => {
    const sure = new Float32Array(labels.length * 10);
    labels.forEach((label, row) => { sure[row * 10 + label] = 1; });
    const { outOfFold } = await fitStack(['sure'], [{ rows: labels.length, columns: 10, data: sure }], labels, 1, context);
    assert.ok(outOfFold.data.every(Number.isFinite));
  });
});

describe('stratified folds', () => {
  it('spread every class evenly, and differ by seed', () => {
    const labels = digits(1_003);
    const folds = stratifiedFolds(labels, 5, 1);
    for (let label = 0; label < 10; label++) {
      const counts = [0, 1, 2, 3, 4].map((fold) => labels.filter((own, row) => own === label && folds[row] === fold).length);
      assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, counts.join(' '));
    }
    assert.notDeepEqual(stratifiedFolds(labels, 5, 2), folds);
  });
});
