import assert from 'node:assert/strict';
import { XgboostBooster } from '../../native/xgboost-booster.js';
import { loadXgboost } from '../../native/xgboost-library.js';
import { XgboostMatrix } from '../../native/xgboost-matrix.js';
import { NativeLibraryError } from '../../shared/errors.js';
import { xgboostPath } from '../support/xgboost-path.js';

describe('the XGBoost binding', function () {
  this.timeout(60_000);
  const library = loadXgboost(xgboostPath());
  const ROWS = 400;
  const data = Float32Array.from({ length: ROWS * 3 }, (_, i) => Math.sin(i * 12.9898) * 10);
  const labels = Uint8Array.from({ length: ROWS }, (_, row) => (at(row, 0) > 0 ? 1 : 0) + (at(row, 1) > 5 ? 1 : 0));
  const parameters = { objective: 'multi:softprob', num_class: 3, max_depth: 3, nthread: 1, eval_metric: 'mlogloss' };

  async function trained(rounds = 10): Promise<{ booster: XgboostBooster; matrix: XgboostMatrix }> {
    const matrix = new XgboostMatrix(library, data, [ROWS, 3], labels);
    const booster = XgboostBooster.create(library, parameters, [matrix]);
    for (let round = 0; round < rounds; round++) await booster.update(round, matrix);
    return { booster, matrix };
  }

  it('says its version', () => assert.match(library.version, /^\d+\.\d+\.\d+$/));

  it('learns two thresholds, predicts alike by both ways, and loses less with each round', async () => {
    const { booster, matrix } = await trained(1);
    const first = booster.evaluate(0, matrix)['mlogloss'] ?? Number.NaN;
    for (let round = 1; round < 10; round++) await booster.update(round, matrix);
    const last = booster.evaluate(9, matrix)['mlogloss'] ?? Number.NaN;
    assert.ok(last < first / 3, `${first} then ${last}`);
    const proba = booster.predict(data, [ROWS, 3]);
    assert.deepEqual(booster.predictMatrix(matrix), proba);
    const hits = labels.filter((label, row) => (proba[row * 3 + label] ?? 0) > 0.5).length;
    assert.ok(hits / ROWS > 0.98, `accuracy ${hits / ROWS}`);
    assert.deepEqual([booster.rounds, booster.columns], [10, 3]);
    const gains = booster.featureScores('gain');
    assert.ok([0, 1].every((column) => (gains.get(column) ?? 0) > 10 * (gains.get(2) ?? 0)), 'the labels depend on columns 0 and 1');
    booster.dispose();
    matrix.dispose();
  });

  it('gives the same predictions after a round trip through UBJSON, and for the first rounds alone', async () => {
    const { booster, matrix } = await trained();
    const bytes = booster.save();
    const back = XgboostBooster.create(library, {});
    back.load(bytes);
    assert.deepEqual(back.predict(data, [ROWS, 3]), booster.predict(data, [ROWS, 3]));
    const four = booster.firstRounds(4);
    const { booster: trainedFour, matrix: other } = await trained(4);
    assert.deepEqual(four.predict(data, [ROWS, 3]), trainedFour.predict(data, [ROWS, 3]));
    for (const one of [booster, matrix, back, four, trainedFour, other]) one.dispose();
  });

  it('leaves the event loop free while it trains', async () => {
    const matrix = new XgboostMatrix(library, data, [ROWS, 3], labels);
    const booster = XgboostBooster.create(library, { ...parameters, num_parallel_tree: 100, max_depth: 8 }, [matrix]);
    let turns = 0;
    const timer = setInterval(() => { turns += 1; }, 1);
    await booster.update(0, matrix);
    clearInterval(timer);
    assert.ok(turns > 0);
    booster.dispose();
    matrix.dispose();
  });

  it('says what is wrong with garbage, a bad parameter, and a library that is not there', async () => {
    const booster = XgboostBooster.create(library, {});
    assert.throws(() => booster.load(new TextEncoder().encode('garbage that is no model')), NativeLibraryError);
    assert.throws(() => booster.unserialize(new Uint8Array(64)), NativeLibraryError);
    booster.dispose();
    const matrix = new XgboostMatrix(library, data, [ROWS, 3], labels);
    const wrong = XgboostBooster.create(library, { ...parameters, max_depth: 'deep' }, [matrix]);
    await assert.rejects(wrong.update(0, matrix), (error) => error instanceof NativeLibraryError && /max_depth/.test(error.message));
    wrong.dispose();
    matrix.dispose();
    assert.throws(() => loadXgboost('/no/such/libxgboost.so'), (error) => error instanceof NativeLibraryError && /no\/such/.test(error.message));
    assert.throws(() => loadXgboost(undefined), NativeLibraryError);
  });

  it('refuses to use what was disposed of, and lets it be disposed of twice', async () => {
    const { booster, matrix } = await trained(1);
    booster.dispose();
    matrix.dispose();
    booster.dispose();
    matrix.dispose();
    assert.throws(() => booster.predict(data, [ROWS, 3]), NativeLibraryError);
    await assert.rejects(async () => booster.update(1, matrix), NativeLibraryError);
  });

  it('gives its memory back: 200 matrices and boosters leave the process no larger', async () => {
    const wide = new Float32Array(2_000 * 100).map((_, i) => i % 17); // 0.8 MB: 200 leaked ones would be 160 MB and more
    const wideLabels = new Uint8Array(2_000).map((_, i) => i % 3);
    const once = async (): Promise<void> => {
      const matrix = new XgboostMatrix(library, wide, [2_000, 100], wideLabels);
      const booster = XgboostBooster.create(library, { ...parameters, max_depth: 1, max_bin: 16 }, [matrix]);
      await booster.update(0, matrix);
      booster.save();
      booster.dispose();
      matrix.dispose();
    };
    for (let i = 0; i < 20; i++) await once();
    const before = process.memoryUsage.rss();
    for (let i = 0; i < 200; i++) await once();
    const grown = (process.memoryUsage.rss() - before) / 1e6;
    assert.ok(grown < 60, `grew by ${grown.toFixed(0)} MB`);
  });

  function at(row: number, column: number): number {
    return data[row * 3 + column] ?? 0;
  }
});
