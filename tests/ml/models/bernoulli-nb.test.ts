import assert from 'node:assert/strict';
import { model } from '../../../ml/models/bernoulli-nb.js';
import { InvalidConfigError } from '../../../shared/errors.js';
import { QUIET, labelled, noRows } from '../../support/fit-context.js';
import { testClassifierContract } from './classifier.contract.js';

// Toy digits are moved about: scikit-learn's model of this kind has the same 57 % of them right.
testClassifierContract(model, { accuracy: 0.55 });

describe('bernoulli-nb', () => {
  const options = { ...model.defaults, temperature: 1 };
  const train = labelled([[1, 0], [0.9, 0.2], [0.6, 0.7], [0, 1], [0.1, 0.4]], [3, 3, 3, 8, 8]);

  it('gives the posterior of its smoothed frequencies and priors', async () => {
    const fitted = await model.fit(train, noRows(2), options, QUIET);
    const { data } = await fitted.predictProba(labelled([[0.8, 0.1]], [3]).x);
    const three = (3 / 5) * (4 / 5) * (1 - 2 / 5); // 3 of 3 and 1 of 3 are set; one of each value is added
    const eight = (2 / 5) * (1 / 4) * (1 - 2 / 4);
    assert.ok(Math.abs((data[3] ?? 0) - three / (three + eight)) < 1e-6, `${data[3]}`);
    assert.ok(Math.abs((data[8] ?? 0) - eight / (three + eight)) < 1e-6, `${data[8]}`);
  });

  it('sees nothing of a value but on which side of the threshold it is', async () => {
    const fitted = await model.fit(train, noRows(2), { ...options, threshold: 0.3 }, QUIET);
    const { data } = await fitted.predictProba(labelled([[0.31, 0.3], [0.9, 0]], [3, 3]).x);
    assert.deepEqual([...data.subarray(0, 10)], [...data.subarray(10)]);
    const other = await fitted.predictProba(labelled([[0.31, 0.31]], [3]).x);
    assert.notDeepEqual([...other.data], [...data.subarray(0, 10)]);
  });

  it('learns from pixels as it does from their parts of 255', async () => {
    const pixels = { x: { rows: 3, columns: 2, data: Uint8Array.of(255, 0, 128, 127, 0, 200) }, labels: Uint8Array.of(0, 0, 1) };
    const floats = { ...pixels, x: { ...pixels.x, data: Float32Array.from(pixels.x.data, (value) => value / 255) } };
    const [a, b] = [await model.fit(pixels, noRows(2), options, QUIET), await model.fit(floats, noRows(2), options, QUIET)];
    assert.deepEqual(Buffer.from(await a.save()), Buffer.from(await b.save()));
  });

  it('refuses options that make no sense', async () => {
    await assert.rejects(model.fit(train, noRows(2), { ...options, alpha: 0 }, QUIET), InvalidConfigError);
    await assert.rejects(model.fit(train, noRows(2), { ...options, threshold: Number.NaN }, QUIET), InvalidConfigError);
  });
});
