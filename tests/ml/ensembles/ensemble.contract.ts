import assert from 'node:assert/strict';
import { crossFit } from '../../../ml/ensembles/cross-fit.js';
import type { Bases, Ensemble, EnsembleContext, EnsembleKind } from '../../../ml/ensembles/ensemble.js';
import { loadEnsemble } from '../../../ml/ensembles/load-ensemble.js';
import { ENSEMBLES } from '../../../ml/ensembles/registry.js';
import { accuracy } from '../../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../../ml/evaluation/argmax-rows.js';
import { rowsBetween } from '../../../ml/matrix.js';
import type { Matrix } from '../../../ml/matrix.js';
import { InvalidDataError, InvalidModelError } from '../../../shared/errors.js';
import type { NativePaths } from '../../../shared/step.js';
import { answering, labelsOf, madeUpBases } from '../../support/made-up-bases.js';

const SKILLS = { good: 0.8, fair: 0.7, weak: 0.6 };

/** What every ensemble owes its callers. Identical, constant and extreme bases are no error: the answers stay probabilities. */
export function testEnsembleContract<O extends object>(kind: EnsembleKind<O>, { options = {}, native = {} }: { readonly options?: Partial<O>; readonly native?: NativePaths } = {}): void {
  const set = { ...kind.defaults, ...options };
  const context = (over: Partial<EnsembleContext> = {}): EnsembleContext => ({ seed: 11, native, signal: new AbortController().signal, progress: () => undefined, ...over });
  const opened: Ensemble[] = [];
  const keep = (ensemble: Ensemble): Ensemble => {
    opened.push(ensemble);
    return ensemble;
  };
  const fit = async (bases: Bases, labels: Uint8Array, over: Partial<EnsembleContext> = {}): Promise<Ensemble> => keep(await kind.fit(bases, labels, set, context(over)));

  describe(`${kind.name} keeps the ensemble contract`, function () {
    this.timeout(60_000);
    const labels = labelsOf(600);
    const bases = madeUpBases(labels, SKILLS, 1);
    const untouched = bases.probabilities.map(({ data }) => data.slice());
    const unseenLabels = labelsOf(500);
    const unseen = madeUpBases(unseenLabels, SKILLS, 2);
    const heard: number[] = [];
    let ensemble: Ensemble;
    let proba: Matrix<Float32Array>;
    before(async () => {
      ensemble = await fit(bases, labels, { progress: ({ fraction }) => heard.push(fraction) });
      proba = await ensemble.predictProba(unseen.probabilities);
    });
    after(() => opened.forEach((one) => one.dispose()));

    it('beats each of its bases on rows that it has not seen', () => {
      const best = Math.max(...unseen.probabilities.map((base) => accuracy(argmaxRows(base), unseenLabels)));
      const reached = accuracy(argmaxRows(proba), unseenLabels);
      assert.ok(reached > best + 0.01, `${reached} against ${best}`);
    });

    it('judges itself out of fold as unseen rows judge it, and never by a row that it was fitted on', async () => {
      const outOfFold = await crossFit(kind, bases, labels, set, context());
      const [held, reached] = [accuracy(argmaxRows(outOfFold), labels), accuracy(argmaxRows(proba), unseenLabels)];
      assert.ok(Math.abs(held - reached) < 0.06, `out of fold ${held}, unseen ${reached}`);
      assert.deepEqual((await crossFit(kind, bases, labels, set, context())).data, outOfFold.data);
    });

    it('gives ten probabilities a row, which sum to one', () => {
      assert.deepEqual([proba.rows, proba.columns, proba.data.length], [500, 10, 5_000]);
      assertProbabilities(proba);
    });

    it('says its method, its bases, its size, its runtime and small details', () => {
      assert.deepEqual([ensemble.method, ensemble.names], [kind.name, bases.names]);
      assert.ok(Number.isInteger(ensemble.parameters) && ensemble.parameters >= 0);
      assert.match(ensemble.runtime, /\w/);
      assert.ok(JSON.stringify(ensemble.details).length < 3_000);
      assert.ok(heard.length > 0 && heard.at(-1) === 1 && heard.every((fraction) => fraction >= 0 && fraction <= 1), heard.join(' '));
    });

    it('answers a batch of one as it answers the whole batch, and nothing for no rows', async () => {
      for (const row of [0, 1, 257]) {
        const one = await ensemble.predictProba(unseen.probabilities.map((base) => rowsBetween(base, row, row + 1)));
        assert.deepEqual([...one.data], [...proba.data.subarray(row * 10, (row + 1) * 10)]);
      }
      assert.equal((await ensemble.predictProba(unseen.probabilities.map((base) => rowsBetween(base, 0, 0)))).data.length, 0);
    });

    it('gives the same bytes for the same seed, and the same answers after a round trip through bytes', async () => {
      const bytes = await ensemble.save();
      assert.deepEqual(Buffer.from(await (await fit(bases, labels)).save()), Buffer.from(bytes));
      for (const back of [keep(await kind.load(bytes, native)), keep(await loadEnsemble(bytes, native))]) {
        assert.deepEqual((await back.predictProba(unseen.probabilities)).data, proba.data);
        assert.deepEqual([back.method, back.names, back.parameters], [kind.name, bases.names, ensemble.parameters]);
        assert.deepEqual(Buffer.from(await back.save()), Buffer.from(bytes));
      }
    });

    it('leaves its inputs unchanged', () => {
      assert.deepEqual(bases.probabilities.map(({ data }) => data), untouched);
    });

    it('is as good as its bases where they are all the same', async () => {
      const [good] = bases.probabilities as [Matrix<Float32Array>];
      const copies = [good, good, good];
      const answers = await (await fit({ names: bases.names, probabilities: copies }, labels)).predictProba(copies);
      assertProbabilities(answers);
      const alone = accuracy(argmaxRows(good), labels);
      const reached = accuracy(argmaxRows(answers), labels); // on the rows fitted on, where a meta-learner may do a little better
      assert.ok(reached > alone - 0.01 && reached < alone + 0.05, `${reached} against ${alone}`);
    });

    it('bears a base that always says the same', async () => {
      const constant = answering(600, () => 4, 0.1);
      const with2 = [bases.probabilities[0] as Matrix<Float32Array>, constant];
      const answers = await (await fit({ names: ['good', 'constant'], probabilities: with2 }, labels)).predictProba(with2);
      assertProbabilities(answers);
      assert.ok(accuracy(argmaxRows(answers), labels) > 0.75, `${accuracy(argmaxRows(answers), labels)}`);
    });

    it('stays right about nine digits where no base ever predicts the tenth, and labels have it or not', async () => {
      const blind = (row: number): number => (labels[row] === 3 ? 8 : (labels[row] ?? 0));
      const two = [answering(600, blind, 0.9), answering(600, blind, 0.7)];
      for (const given of [labels, Uint8Array.from(labels, (label) => (label === 3 ? 8 : label))]) {
        const answers = await (await fit({ names: ['a', 'b'], probabilities: two }, given)).predictProba(two);
        assertProbabilities(answers);
        const wrong = [...argmaxRows(answers)].filter((digit, row) => labels[row] !== 3 && labels[row] !== 8 && digit !== labels[row]);
        assert.equal(wrong.length, 0);
      }
    });

    it('stays finite where bases say exactly 0 and 1, rightly or wrongly', async () => {
      const sure = [answering(600, (row) => labels[row] ?? 0, 1), answering(600, (row) => ((labels[row] ?? 0) + (row % 7 === 0 ? 1 : 0)) % 10, 1)];
      const answers = await (await fit({ names: ['right', 'wrong'], probabilities: sure }, labels)).predictProba(sure);
      assertProbabilities(answers);
    });

    it('refuses fewer than two bases, two of one name, other rows than labels, and what are no probabilities or labels', async () => {
      const { names, probabilities } = bases;
      const [first, second, third] = probabilities as [Matrix<Float32Array>, Matrix<Float32Array>, Matrix<Float32Array>];
      const nan = { ...first, data: first.data.slice().fill(Number.NaN, 3, 4) };
      const refused: [Bases, Uint8Array][] = [
        [{ names: ['good'], probabilities: [first] }, labels],
        [{ names: [], probabilities: [] }, labels],
        [{ names: ['good', 'fair', 'good'], probabilities }, labels],
        [{ names, probabilities: [first, second] }, labels],
        [bases, labels.subarray(1)],
        [{ names, probabilities: [first, second, rowsBetween(third, 0, 599)] }, labels],
        [{ names, probabilities: [first, second, nan] }, labels],
        [bases, Uint8Array.from(labels, (label, row) => (row === 5 ? 10 : label))],
      ];
      for (const [given, of] of refused) await assert.rejects(fit(given, of), InvalidDataError, given.names.join());
    });

    it('refuses to answer where a base is missing or has other rows, naming the bases', async () => {
      await assert.rejects(ensemble.predictProba(unseen.probabilities.slice(1)), (error) => error instanceof InvalidModelError && error.message.includes('good, fair, weak'));
      await assert.rejects(ensemble.predictProba([...unseen.probabilities.slice(1), ...bases.probabilities.slice(0, 1)]), InvalidDataError);
    });

    it('refuses foreign bytes, and those of another method', async () => {
      await assert.rejects(kind.load(new TextEncoder().encode('no ensemble'), native), InvalidModelError);
      const other = ENSEMBLES[kind.name === 'hard-vote' ? 'soft-vote' : 'hard-vote'];
      const foreign = await (await other.fit(bases, labels, other.defaults, context())).save();
      await assert.rejects(kind.load(foreign, native), InvalidModelError);
    });

    it('ends when it is told to', async () => {
      const controller = new AbortController();
      controller.abort(new Error('enough'));
      await assert.rejects(fit(bases, labels, { signal: controller.signal }), /enough/);
    });
  });
}

function assertProbabilities({ rows, data }: Matrix<Float32Array>): void {
  for (let row = 0; row < rows; row++) {
    const values = data.subarray(row * 10, (row + 1) * 10);
    assert.ok(values.every((value) => value >= 0 && value <= 1), `row ${row}: ${values.join(' ')}`);
    assert.ok(Math.abs(values.reduce((sum, value) => sum + value, 0) - 1) < 1e-5, `row ${row} does not sum to one`);
  }
}
