import assert from 'node:assert/strict';
import { rowsBetween } from '../../../ml/matrix.js';
import { asFloats } from '../../../ml/models/as-floats.js';
import { model } from '../../../ml/models/xgboost.js';
import type { XgboostOptions } from '../../../ml/models/xgboost-options.js';
import type { Classifier, FitContext } from '../../../ml/models/model.js';
import { InvalidModelError } from '../../../shared/errors.js';
import { toyDigits } from '../../support/digits.js';
import { xgboostPath } from '../../support/xgboost-path.js';
import { testClassifierContract } from './classifier.contract.js';

const native = { xgboost: xgboostPath() };
const quick = { rounds: 8, maxDepth: 4, maxBin: 16, learningRate: 0.5, subsample: 1, colsample: 0.5, minChildWeight: 1 };

testClassifierContract(model, { options: quick, native, accuracy: 0.8 });
testClassifierContract(model, { options: { ...quick, columns: 60 }, native, accuracy: 0.8 });

describe('xgboost', function () {
  this.timeout(60_000);
  const train = toyDigits({ rows: 300, seed: 1 });
  const validation = toyDigits({ rows: 100, seed: 2 });
  const opened: Classifier[] = [];
  const fit = async (options: Partial<XgboostOptions>, over: Partial<FitContext> = {}): Promise<Classifier> => {
    const context = { seed: 5, native, signal: new AbortController().signal, progress: () => undefined, ...over };
    const fitted = await model.fit(train, validation, { ...model.defaults, ...quick, ...options }, context);
    opened.push(fitted);
    return fitted;
  };
  after(() => opened.forEach((one) => one.dispose()));

  it('resumes from a checkpoint to the very bytes of a fit that was not interrupted, with random rows and columns', async () => {
    const options = { rounds: 9, segmentRounds: 3, subsample: 0.7, colsample: 0.5 };
    const checkpoints: Uint8Array[] = [];
    const whole = await fit(options, { saveCheckpoint: async (bytes) => void checkpoints.push(bytes) });
    assert.equal(checkpoints.length, 2);
    const notes: string[] = [];
    const resumed = await fit(options, { checkpoint: checkpoints[1] ?? new Uint8Array(), progress: ({ note }) => notes.push(note ?? '') });
    assert.equal(notes[0], 'round 7/9');
    assert.deepEqual(Buffer.from(await resumed.save()), Buffer.from(await whole.save()));
    assert.deepEqual(resumed.details, whole.details);
  });

  it('keeps the best round when the validation log-loss stops falling', async () => {
    const stopped = await fit({ rounds: 200, learningRate: 1.5, earlyStoppingRounds: 3 });
    const { rounds, bestRound } = stopped.details;
    assert.ok(typeof rounds === 'number' && typeof bestRound === 'number');
    assert.ok(rounds < 200, `${rounds} rounds`);
    assert.equal(rounds - bestRound, 3);
  });

  it('gives other bytes for another seed when it samples', async () => {
    const [one, other] = [await fit({ subsample: 0.5 }), await fit({ subsample: 0.5 }, { seed: 6 })];
    assert.notDeepEqual(Buffer.from(await one.save()), Buffer.from(await other.save()));
  });

  it('reads its chosen columns only, and no more of them than it may', async () => {
    const fitted = await fit({ columns: 40 });
    assert.equal(fitted.details['columnsUsed'], 40);
    const importance = fitted.details['importance'] as [number, number][];
    const some = asFloats(rowsBetween(validation.x, 0, 20));
    const { data: before } = await fitted.predictProba(some);
    // Copies of the rows one below the other, each with another column changed, so that one prediction answers for all.
    const data = new Float32Array(some.columns * some.data.length);
    for (let column = 0; column < some.columns; column++) {
      data.set(some.data.map((value, i) => (i % some.columns === column ? 1 - value : value)), column * some.data.length);
    }
    const { data: after } = await fitted.predictProba({ rows: some.columns * some.rows, columns: some.columns, data });
    const answers = [...Array(some.columns).keys()].filter((column) => before.some((value, i) => value !== after[column * before.length + i]));
    assert.ok(answers.length > 5 && answers.length <= 40, `${answers.length} columns matter`);
    for (const [column] of importance.slice(0, 3)) assert.ok(answers.includes(column), `column ${column} is said to be important`);
  });

  it('resumes with the columns that it chose before', async () => {
    const options = { rounds: 6, segmentRounds: 3, columns: 50 };
    const checkpoints: Uint8Array[] = [];
    const whole = await fit(options, { saveCheckpoint: async (bytes) => void checkpoints.push(bytes) });
    const notes: string[] = [];
    const resumed = await fit(options, { checkpoint: checkpoints[0] ?? new Uint8Array(), progress: ({ note }) => notes.push(note ?? '') });
    assert.equal(notes[0], 'round 4/6'); // and no ranking
    assert.deepEqual(Buffer.from(await resumed.save()), Buffer.from(await whole.save()));
  });

  it('takes every column where there are no more than it may use', async () => {
    const [all, plenty] = [await fit({}), await fit({ columns: train.x.columns })];
    assert.deepEqual(Buffer.from(await plenty.save()), Buffer.from(await all.save()));
  });

  it('refuses a model whose chosen columns do not fit its trees', async () => {
    const bytes = Buffer.from(await (await fit({ columns: 40 })).save());
    const at = bytes.indexOf('784,', bytes.indexOf('chosen_columns'));
    assert.ok(at > 0);
    bytes.write('001,', at); // no column is below a width of one
    await assert.rejects(model.load(new Uint8Array(bytes), native), InvalidModelError);
  });

  it('names the columns that it used most, and counts its nodes', async () => {
    const fitted = await fit({ rounds: 2, maxDepth: 1 });
    const { importance } = fitted.details;
    assert.ok(Array.isArray(importance) && importance.length > 0 && importance.length <= 20);
    assert.equal(fitted.parameters, 2 * 10 * 3); // stumps: a split and two leaves
  });
});
