import assert from 'node:assert/strict';
import { model } from '../../../ml/models/lda.js';
import { createRandom } from '../../../ml/random.js';
import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';
import { coarseDigits } from '../../support/coarse-digits.js';
import { QUIET, labelled, noRows } from '../../support/fit-context.js';
import { testClassifierContract } from './classifier.contract.js';

testClassifierContract(model, { digits: coarseDigits, options: { standardise: false, shrinkage: 0.3 } });

describe('lda', () => {
  const options = { ...model.defaults, standardise: false, temperature: 1 };
  // Both classes: covariance [[1, 0], [0, 4]]; means (0, 0) and (2, 0); priors 1/2.
  const square = (x: number): number[][] => [[x - 1, -2], [x - 1, 2], [x + 1, -2], [x + 1, 2]];
  const train = labelled([...square(0), ...square(2)], [0, 0, 0, 0, 5, 5, 5, 5]);

  it('gives the posterior of normal densities with one covariance', async () => {
    const fitted = await model.fit(train, noRows(2), options, QUIET);
    const { data } = await fitted.predictProba(labelled([[0.5, 9]], [0]).x);
    const odds = Math.exp((-0.25 + 2.25) / 2);
    assert.ok(Math.abs((data[0] ?? 0) - odds / (1 + odds)) < 1e-6, `${data[0]}`);
  });

  it('counts the rows of a class as its prior', async () => {
    const fitted = await model.fit(labelled([...square(0), ...square(2), ...square(2), ...square(2)], [0, 0, 0, 0, ...Array.from({ length: 12 }, () => 5)]), noRows(2), options, QUIET);
    const [a = 0, , , , , b = 0] = (await fitted.predictProba(labelled([[1, 0]], [0]).x)).data;
    assert.ok(Math.abs(b / a - 3) < 1e-5);
  });

  it('shrinks to a multiple of the identity with the trace that there was', async () => {
    const fitted = await model.fit(train, noRows(2), { ...options, shrinkage: 0.5 }, QUIET); // 1 becomes 0.5 + 0.5 * 2.5
    const [a = 0, , , , , b = 0] = (await fitted.predictProba(labelled([[0, 0]], [0]).x)).data;
    assert.ok(Math.abs(Math.log(a / b) - 4 / 1.75 / 2) < 1e-5, `${Math.log(a / b)}`);
  });

  it('gives the same answers with a constant column and a column twice', async () => {
    const random = createRandom(3);
    const rows = Array.from({ length: 60 }, (_, i) => [random.normal() + (i % 3), random.normal() - (i % 2), random.normal()]);
    const labels = rows.map((_, i) => i % 3);
    const wide = rows.map(([a = 0, b = 0, c = 0]) => [a, 7.3, b, a, c, 2 * b]);
    for (const standardise of [false, true]) {
      const [plain, more] = [await model.fit(labelled(rows, labels), noRows(3), { ...options, standardise }, QUIET), await model.fit(labelled(wide, labels), noRows(6), { ...options, standardise }, QUIET)];
      const [p, q] = [(await plain.predictProba(labelled(rows, labels).x)).data, (await more.predictProba(labelled(wide, labels).x)).data];
      p.forEach((value, i) => assert.ok(Math.abs(value - (q[i] ?? 1)) < 1e-4, `${i}: ${value} is not ${q[i]}`));
    }
  });

  it('knows the only class there is', async () => {
    const fitted = await model.fit(labelled(square(0), [2, 2, 2, 2]), noRows(2), options, QUIET);
    assert.equal((await fitted.predictProba(labelled([[5, 5]], [2]).x)).data[2], 1);
  });

  it('refuses rows without spread within classes, and one row', async () => {
    await assert.rejects(model.fit(labelled([[1, 2], [1, 2], [3, 4]], [0, 0, 1]), noRows(2), options, QUIET), InvalidDataError);
    await assert.rejects(model.fit(labelled([[1, 2]], [0]), noRows(2), options, QUIET), InvalidDataError);
  });

  it('refuses a shrinkage outside 0 to 1', async () => {
    await assert.rejects(model.fit(train, noRows(2), { ...options, shrinkage: 1.5 }, QUIET), InvalidConfigError);
  });
});
