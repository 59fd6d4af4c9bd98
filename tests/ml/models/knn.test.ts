import assert from 'node:assert/strict';
import { rowsBetween } from '../../../ml/matrix.js';
import { model } from '../../../ml/models/knn.js';
import { InvalidConfigError, InvalidDataError, InvalidModelError } from '../../../shared/errors.js';
import { coarse, coarseDigits } from '../../support/coarse-digits.js';
import { mnistSubset, toyDigits } from '../../support/digits.js';
import { QUIET, labelled, noRows } from '../../support/fit-context.js';
import { testClassifierContract } from './classifier.contract.js';

testClassifierContract(model, { options: { neighbours: 3 }, accuracy: 0.65 });
testClassifierContract(model, { digits: coarseDigits, options: { neighbours: 3, projection: 'pca', components: 20, metric: 'cosine', index: 'approximate', probes: 5 }, accuracy: 0.65 });

describe('knn', function () {
  this.timeout(60_000);
  const options = { ...model.defaults, neighbours: 3, weights: 'uniform' } as const;
  const line = labelled([[0], [1], [2], [10], [11], [12]], [1, 1, 2, 2, 4, 4]);
  const answers = async (over: object, rows: number[][], train = line): Promise<Float32Array> => {
    const fitted = await model.fit(train, noRows(train.x.columns), { ...options, ...over }, QUIET);
    return (await fitted.predictProba(labelled(rows, rows.map(() => 0)).x)).data;
  };
  const near = (actual: number | undefined, expected: number, tolerance = 1e-5): void =>
    assert.ok(Math.abs((actual ?? Number.NaN) - expected) < tolerance, `${actual} is not ${expected}`);

  it('counts the votes of the nearest rows', async () => {
    const data = await answers({}, [[1], [10.9]]);
    near(data[1], 2 / 3);
    near(data[2], 1 / 3);
    near(data[14], 2 / 3);
    near(data[12], 1 / 3);
  });

  it('weights votes by the inverse of the distance', async () => {
    const data = await answers({ weights: 'distance' }, [[0.4]]); // at 0.4, 0.6 and 1.6
    const [a, b, c] = [1 / 0.4, 1 / 0.6, 1 / 1.6];
    near(data[1], (a + b) / (a + b + c), 0.02); // 12 in 255 steps
  });

  it('lets equal rows have all the say when votes are weighted by distance', async () => {
    const data = await answers({ weights: 'distance', neighbours: 6 }, [[0]]);
    assert.equal(data[1], 1);
  });

  it('finds by angle what is far by distance', async () => {
    const rays = labelled([[1, 0], [9, 0.5], [0, 1], [0.5, 9], [4, 5]], [0, 0, 1, 1, 1]);
    const query = [[0.3, 0.05]];
    assert.equal((await answers({ neighbours: 2, metric: 'cosine' }, query, rays))[0], 1);
    assert.equal((await answers({ neighbours: 2 }, query, rays))[0], 0.5); // (1, 0) and (0, 1) are nearest
  });

  it('fits its weights to validation rows: a log-loss below that of plain votes', async () => {
    const [train, validation, unseen] = [coarse(mnistSubset({ split: 'train', from: 0, to: 3000 })), coarse(mnistSubset({ split: 'train', from: 3000, to: 4000 })), coarse(mnistSubset({ split: 'train', from: 4000, to: 5000 }))];
    const loss = async (weights: 'uniform' | 'fitted'): Promise<number> => {
      const fitted = await model.fit(train, validation, { ...options, neighbours: 5, weights, projection: 'pca', components: 30 }, QUIET);
      const { data } = await fitted.predictProba(unseen.x);
      return unseen.labels.reduce((sum, label, row) => sum - Math.log(Math.max(1e-7, data[row * 10 + label] ?? 0)), 0) / unseen.labels.length;
    };
    const [plain, fitted] = [await loss('uniform'), await loss('fitted')];
    assert.ok(fitted < 0.7 * plain, `${fitted} against ${plain}`);
  });

  it('keeps pixels as they are, in a byte each', async () => {
    const digits = toyDigits({ rows: 50, seed: 3 });
    const fitted = await model.fit(digits, noRows(784), { ...options, neighbours: 1 }, QUIET);
    const { data } = await fitted.predictProba(digits.x);
    digits.labels.forEach((label, row) => assert.equal(data[row * 10 + label], 1, `row ${row}`));
    assert.ok((await fitted.save()).length < 50 * 784);
  });

  it('has the answers of all rows from some of them nearly always', async () => {
    const [train, unseen] = [coarse(mnistSubset({ split: 'train', from: 0, to: 5000 })), coarse(mnistSubset({ split: 'train', from: 5000, to: 5500 }))];
    const projected = { ...options, neighbours: 5, projection: 'pca', components: 30 } as const;
    const fitted = await Promise.all(['exact', 'approximate'].map(async (index) => model.fit(train, noRows(196), { ...projected, index: index as 'exact', probes: 10 }, QUIET)));
    const [exact, approximate] = await Promise.all(fitted.map(async (one) => (await one.predictProba(unseen.x)).data));
    let same = 0;
    for (let row = 0; row < 500; row++) if (exact?.subarray(row * 10, row * 10 + 10).every((value, k) => value === approximate?.[row * 10 + k])) same++;
    assert.ok(same >= 450, `${same} of 500`);
    assert.ok(same < 500, 'a search through 10 of 71 lists misses some');
  });

  it('sorts into the same lists for the same seed, and into others for another', async () => {
    const digits = toyDigits({ rows: 200, seed: 3 });
    const bytes = async (seed: number): Promise<Buffer> =>
      Buffer.from(await (await model.fit(digits, noRows(784), { ...options, index: 'approximate', lists: 9 }, { ...QUIET, seed })).save());
    assert.deepEqual(await bytes(1), await bytes(1));
    assert.notDeepEqual(await bytes(1), await bytes(2));
  });

  it('answers from one row', async () => {
    const data = await answers({ neighbours: 1 }, [[5]], labelled([[3]], [7]));
    assert.equal(data[7], 1);
  });

  it('is not led astray by columns that are constant', async () => {
    const wide = labelled([[0, 3], [1, 3], [2, 3], [10, 3], [11, 3], [12, 3]], [1, 1, 2, 2, 4, 4]);
    assert.deepEqual(await answers({}, [[1, 3], [10.9, 3]], wide), await answers({}, [[1], [10.9]]));
  });

  it('refuses rows to predict that are not finite', async () => {
    await assert.rejects(answers({}, [[Number.NaN]]), InvalidDataError);
  });

  it('refuses options that make no sense, all at once', async () => {
    await assert.rejects(answers({ neighbours: 7, probes: 0, index: 'fast' }, [[1]]), (error) => {
      assert.ok(error instanceof InvalidConfigError, String(error));
      for (const name of ['neighbours', 'probes', 'index']) assert.match(error.message, new RegExp(`${name} is`));
      return true;
    });
  });

  it('refuses bytes whose parts do not fit together', async () => {
    const digits = toyDigits({ rows: 20, seed: 3 });
    const { decodeNpz, encodeNpz } = await import('../../../ml/data/npz.js');
    const { arrays } = decodeNpz(await (await model.fit(digits, noRows(784), options, QUIET)).save());
    const { labels } = arrays;
    assert.ok(labels?.data instanceof Uint8Array);
    const less = encodeNpz({ ...arrays, labels: { data: labels.data.subarray(1), shape: [19] } });
    await assert.rejects(model.load(less, {}), InvalidModelError);
    const eleventh = encodeNpz({ ...arrays, labels: { data: labels.data.map(() => 10), shape: [20] } });
    await assert.rejects(model.load(eleventh, {}), InvalidModelError);
  });

  it('says how far the search for validation rows is', async () => {
    const digits = toyDigits({ rows: 300, seed: 3 });
    const fractions: number[] = [];
    const validation = { x: rowsBetween(digits.x, 100, 300), labels: digits.labels.subarray(100) };
    await model.fit(digits, validation, { ...options, weights: 'fitted' }, { ...QUIET, progress: ({ fraction }) => fractions.push(fraction) });
    assert.ok(new Set(fractions).size >= 4, fractions.join(' '));
  });
});
