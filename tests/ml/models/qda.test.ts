import assert from 'node:assert/strict';
import { model } from '../../../ml/models/qda.js';
import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';
import { coarseDigits } from '../../support/coarse-digits.js';
import { QUIET, labelled, noRows } from '../../support/fit-context.js';
import { testClassifierContract } from './classifier.contract.js';

testClassifierContract(model, { digits: coarseDigits, options: { components: 15, shrinkage: 0.1 }, accuracy: 0.75 });
testClassifierContract(model, { digits: coarseDigits, options: { projection: 'none', components: 0, pooling: 0.3, shrinkage: 0.2 } });

describe('qda', () => {
  const options = { ...model.defaults, projection: 'none', components: 0, shrinkage: 0, temperature: 1 } as const;
  // Four rows at a spread s about (x, 0): covariance s^2 * 4 / 3 times the identity, for s in both directions.
  const square = (x: number, s: number): number[][] => [[x - s, -s], [x - s, s], [x + s, -s], [x + s, s]];
  const labels = [0, 0, 0, 0, 6, 6, 6, 6];
  const train = labelled([...square(0, 1), ...square(4, 2)], labels);
  const logOdds = async (over: object, row: number[]): Promise<number> => {
    const { data } = await (await model.fit(train, noRows(2), { ...options, ...over }, QUIET)).predictProba(labelled([row], [0]).x);
    return Math.log((data[0] ?? 0) / (data[6] ?? 0));
  };
  const near = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) < 1e-4, `${actual} is not ${expected}`);

  it('gives the posterior of normal densities with a covariance for each class', async () => {
    const [v0, v6] = [4 / 3, 16 / 3];
    near(await logOdds({}, [1, 0]), -Math.log(v0) - 1 / v0 / 2 + Math.log(v6) + 9 / v6 / 2);
  });

  it('shares one covariance when all of it is pooled', async () => {
    near((await logOdds({ pooling: 1 }, [1, 0])) / (await logOdds({ pooling: 1 }, [0, 0])), (9 - 1) / 16); // linear: no log-determinants
  });

  it('shrinks each covariance to a multiple of the identity', async () => {
    const long = labelled([[-1, 0], [1, 0], [-1, 0.001], [1, -0.001], ...square(9, 1)], labels);
    const fitted = await model.fit(long, noRows(2), { ...options, shrinkage: 1 }, QUIET);
    const { data } = await fitted.predictProba(labelled([[2, 0], [0, 2]], [0, 0]).x);
    const [along, across] = [Math.log((data[0] ?? 0) / (data[6] ?? 1)), Math.log((data[10] ?? 0) / (data[16] ?? 1))];
    const [v0, v6] = [2 / 3, 4 / 3];
    near(along, -Math.log(v0) - 4 / v0 / 2 + Math.log(v6) + 49 / v6 / 2);
    near(across, -Math.log(v0) - 4 / v0 / 2 + Math.log(v6) + 85 / v6 / 2);
  });

  it('refuses a class whose rows do not vary in every direction, and says which', async () => {
    const flat = labelled([[0, 0], [1, 1], [2, 2], ...square(4, 2)], [0, 0, 0, 6, 6, 6, 6]);
    await assert.rejects(model.fit(flat, noRows(2), options, QUIET), (error) => {
      assert.ok(error instanceof InvalidDataError, String(error));
      assert.match(error.message, /class 0 vary in 1 directions of 2/);
      return true;
    });
    const pooled = await model.fit(flat, noRows(2), { ...options, pooling: 0.2 }, QUIET);
    assert.ok(((await pooled.predictProba(labelled([[1, 1]], [0]).x)).data[0] ?? 0) > 0.5);
  });

  it('refuses one row, unless there is another class to share a covariance with', async () => {
    await assert.rejects(model.fit(labelled([[1, 2]], [3]), noRows(2), { ...options, shrinkage: 0.5 }, QUIET), InvalidDataError);
  });

  it('refuses parts outside 0 to 1', async () => {
    await assert.rejects(model.fit(train, noRows(2), { ...options, pooling: -0.1 }, QUIET), InvalidConfigError);
    await assert.rejects(model.fit(train, noRows(2), { ...options, shrinkage: 2 }, QUIET), InvalidConfigError);
  });
});
