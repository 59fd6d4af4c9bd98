import assert from 'node:assert/strict';
import { fewerVectors } from '../../../../ml/compression/classical/fewer-vectors.js';
import { accuracy } from '../../../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../../../ml/evaluation/argmax-rows.js';
import { asFloats } from '../../../../ml/models/as-floats.js';
import { model } from '../../../../ml/models/svm.js';
import { pairDecisions } from '../../../../ml/svm/pair-decisions.js';
import { decodeSvm } from '../../../../ml/svm/svm-bytes.js';
import { InvalidConfigError } from '../../../../shared/errors.js';
import { toyDigits } from '../../../support/digits.js';
import { QUIET } from '../../../support/fit-context.js';

describe('an SVM of fewer vectors', function () {
  this.timeout(60_000);
  const digits = (seed: number): ReturnType<typeof toyDigits> => toyDigits({ rows: 300, seed });
  const [train, validation, unseen] = [digits(1), digits(2), digits(3)];
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length;

  for (const kernel of ['rbf', 'polynomial', 'linear'] as const) {
    it(`decides nearly as before with half of them: ${kernel}`, async () => {
      const bytes = await (await model.fit(train, validation, { ...model.defaults, kernel, coef0: 1, threads: 1 }, QUIET)).save();
      const smaller = fewerVectors(bytes, train, validation, 0.5);
      const [before, after] = [decodeSvm(bytes).machine, decodeSvm(smaller).machine];
      assert.equal(after.vectors.rows, Math.ceil(before.vectors.rows / 2));
      const rows = asFloats(unseen.x);
      const [old, now] = [pairDecisions(before)(rows), pairDecisions(after)(rows)];
      const change = mean(old.map((value, i) => value - (now[i] ?? NaN))) / mean(old);
      assert.ok(change < 0.2, `${change}`);
      const [full, half] = await Promise.all([bytes, smaller].map(async (each) => accuracy(argmaxRows(await (await model.load(each, {})).predictProba(unseen.x)), unseen.labels)));
      assert.ok(Number(half) > Number(full) - 0.02, `${half} against ${full}`);
    });
  }

  it('is the same where all stay', async () => {
    const bytes = await (await model.fit(train, validation, { ...model.defaults, threads: 1 }, QUIET)).save();
    assert.deepEqual(Buffer.from(fewerVectors(bytes, train, validation, 1)), Buffer.from(bytes));
  });

  it('refuses a part outside 0 to 1', () => {
    for (const part of [0, 1.5, NaN]) assert.throws(() => fewerVectors(new Uint8Array(), train, validation, part), InvalidConfigError);
  });
});
