import assert from 'node:assert/strict';
import { model } from '../../../ml/models/nearest-centroid.js';
import { InvalidConfigError } from '../../../shared/errors.js';
import { QUIET, labelled, noRows } from '../../support/fit-context.js';
import { testClassifierContract } from './classifier.contract.js';

// Toy digits are moved about: scikit-learn's model of this kind has the same 55 % of them right.
testClassifierContract(model, { accuracy: 0.55 });
testClassifierContract(model, { options: { standardise: true, shrinkage: 0.5 }, accuracy: 0.5 });

describe('nearest-centroid', () => {
  const options = { ...model.defaults, temperature: 1 };
  const train = labelled([[0, 0], [2, 0], [4, 1], [6, 1], [5, 1]], [0, 0, 7, 7, 7]);

  it('gives a softmax of minus half the squared distances to the means', async () => {
    const fitted = await model.fit(train, noRows(2), options, QUIET);
    const { data } = await fitted.predictProba(labelled([[2.5, 0.5]], [0]).x); // from (1, 0) and (5, 1)
    const [near, far] = [Math.exp(-(1.5 ** 2 + 0.25) / 2), Math.exp(-(2.5 ** 2 + 0.25) / 2)];
    assert.ok(Math.abs((data[0] ?? 0) - near / (near + far)) < 1e-6, `${data[0]}`);
    assert.ok(Math.abs((data[7] ?? 0) - far / (near + far)) < 1e-6, `${data[7]}`);
  });

  it('has no use for how many rows a class has', async () => {
    const twice = labelled([[0, 0], [2, 0], [4, 1], [6, 1], [5, 1], [4, 1], [6, 1], [5, 1]], [0, 0, 7, 7, 7, 7, 7, 7]);
    const [a, b] = await Promise.all([train, twice].map(async (rows) => (await (await model.fit(rows, noRows(2), options, QUIET)).predictProba(labelled([[3, 0.2]], [0]).x)).data));
    assert.ok(Math.abs((a?.[0] ?? 0) - (b?.[0] ?? 1)) < 1e-5);
  });

  it('shrinks as the published thresholds do: a centroid within reach of the mean stays there', async () => {
    // Column 0 parts the classes, column 1 hardly does; reference: sklearn.neighbors.NearestCentroid(shrink_threshold=0.5).centroids_
    const rows = labelled([[0, 1], [1, 2], [2, 3], [10, 1.5], [11, 2.5], [12, 3.2]], [0, 0, 0, 1, 1, 1]);
    const fitted = await model.fit(rows, noRows(2), { ...options, shrinkage: 0.5 }, QUIET);
    const at = async (x: number, y: number): Promise<number> => {
      const [a = 0, b = 0] = (await fitted.predictProba(labelled([[x, y]], [0]).x)).data;
      return Math.log(a / b);
    };
    const near = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) < 2e-4, `${actual} is not ${expected}`);
    near(await at(6, 0), await at(6, 5)); // column 1 has dropped out
    near((await at(6, 0)) - (await at(7, 0)), 10 - 2 * 0.5 * Math.sqrt(1 / 3 - 1 / 6) * 2); // the centroids' distance: deviation 1, median 1
  });

  it('refuses a negative shrinkage', async () => {
    await assert.rejects(model.fit(train, noRows(2), { ...options, shrinkage: -1 }, QUIET), InvalidConfigError);
  });
});
