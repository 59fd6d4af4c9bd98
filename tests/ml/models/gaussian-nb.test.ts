import assert from 'node:assert/strict';
import { model } from '../../../ml/models/gaussian-nb.js';
import { InvalidConfigError, InvalidModelError } from '../../../shared/errors.js';
import { coarseDigits } from '../../support/coarse-digits.js';
import { QUIET, labelled, noRows } from '../../support/fit-context.js';
import { testClassifierContract } from './classifier.contract.js';

// Toy digits are moved about: scikit-learn's model of this kind has the same 56 % of them right.
testClassifierContract(model, { options: { varSmoothing: 0.01 }, accuracy: 0.55 });
testClassifierContract(model, { digits: coarseDigits, options: { projection: 'lda' }, accuracy: 0.55 });

describe('gaussian-nb', () => {
  const options = { ...model.defaults, varSmoothing: 0, temperature: 1 };
  // class 0: mean 1, variance 1; class 1: mean 6, variance 4; priors 1/3 and 2/3
  const train = labelled([[0], [2], [4], [8], [4], [8]], [0, 0, 1, 1, 1, 1]);

  it('gives the posterior of normal densities and priors', async () => {
    const fitted = await model.fit(train, noRows(1), options, QUIET);
    const { data } = await fitted.predictProba(labelled([[2]], [0]).x);
    const [first, second] = [(1 / 3) * Math.exp(-0.5), (2 / 3) * 0.5 * Math.exp(-2)];
    assert.ok(Math.abs((data[0] ?? 0) - first / (first + second)) < 1e-6, `${data[0]}`);
    assert.ok(Math.abs((data[1] ?? 0) - second / (first + second)) < 1e-6, `${data[1]}`);
    assert.deepEqual([...data.subarray(2)], [0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('divides the log-densities by the temperature', async () => {
    const [one, two] = [await model.fit(train, noRows(1), options, QUIET), await model.fit(train, noRows(1), { ...options, temperature: 2 }, QUIET)];
    const odds = async (of: typeof one): Promise<number> => {
      const [a = 0, b = 0] = (await of.predictProba(labelled([[2]], [0]).x)).data;
      return Math.log(a / b);
    };
    assert.ok(Math.abs((await odds(one)) - 2 * (await odds(two))) < 1e-5);
  });

  it('fits a temperature above 1 where it is too sure of validation rows, and tells it', async () => {
    const fitted = await model.fit(train, labelled([[0], [0], [0], [9]], [0, 1, 0, 1]), { ...options, temperature: 0 }, QUIET);
    assert.ok(Number(fitted.details['temperature']) > 1, JSON.stringify(fitted.details));
  });

  it('adds a part of the largest variance of all rows to every variance', async () => {
    const rows = labelled([[0, 0], [0, 4], [0, 0], [0, 4]], [0, 0, 1, 1]); // variances 0 and 4
    const fitted = await model.fit(rows, noRows(2), { ...options, varSmoothing: 0.25 }, QUIET); // 1 and 5
    const { data } = await fitted.predictProba(labelled([[3, 3]], [0]).x);
    assert.ok(Math.abs((data[0] ?? 0) - 0.5) < 1e-6);
    const moved = await model.fit(labelled([[0, 0], [0, 4], [1, 0], [1, 4]], [0, 0, 1, 1]), noRows(2), { ...options, varSmoothing: 0.25 }, QUIET);
    const [a = 0, b = 0] = (await moved.predictProba(labelled([[0, 2]], [0]).x)).data;
    assert.ok(Math.abs(Math.log(a / b) - 0.5) < 1e-5, `${a} ${b}`); // one standard deviation away: exp(-1/2)
  });

  it('learns nothing from columns that are constant', async () => {
    const fitted = await model.fit(labelled([[7, 0], [7, 2], [7, 5], [7, 7]], [0, 0, 1, 1]), noRows(2), options, QUIET);
    const { data } = await fitted.predictProba(labelled([[7, 1], [7, 6]], [0, 1]).x);
    assert.ok((data[0] ?? 0) > 0.9 && (data[11] ?? 0) > 0.9);
  });

  it('is sure of the only class there is, from one row', async () => {
    const fitted = await model.fit(labelled([[1, 2]], [4]), noRows(2), model.defaults, QUIET);
    assert.deepEqual([...(await fitted.predictProba(labelled([[9, 9]], [4]).x)).data], [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
  });

  it('refuses options that make no sense', async () => {
    await assert.rejects(model.fit(train, noRows(1), { ...options, varSmoothing: -1 }, QUIET), InvalidConfigError);
    await assert.rejects(model.fit(train, noRows(1), { ...options, temperature: -1 }, QUIET), InvalidConfigError);
  });

  it('refuses the bytes of another kind', async () => {
    const { model: centroid } = await import('../../../ml/models/nearest-centroid.js');
    const bytes = await (await centroid.fit(train, noRows(1), centroid.defaults, QUIET)).save();
    await assert.rejects(model.load(bytes, {}), InvalidModelError);
  });
});
