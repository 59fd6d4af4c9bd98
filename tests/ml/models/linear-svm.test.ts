import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decodeNpz } from '../../../ml/data/npz.js';
import { logLoss } from '../../../ml/evaluation/log-loss.js';
import { rowsBetween } from '../../../ml/matrix.js';
import type { LabelledMatrix } from '../../../ml/matrix.js';
import type { LinearOptions } from '../../../ml/models/fit-linear-scores.js';
import { model } from '../../../ml/models/linear-svm.js';
import type { Classifier } from '../../../ml/models/model.js';
import { createRandom } from '../../../ml/random.js';
import { InvalidConfigError } from '../../../shared/errors.js';
import { toyDigits } from '../../support/digits.js';
import { testClassifierContract } from './classifier.contract.js';

testClassifierContract(model, { options: { maxIterations: 15 }, accuracy: 0.7 });

interface Golden {
  readonly columns: number;
  readonly x: readonly number[];
  readonly labels: readonly number[];
  readonly cases: readonly { readonly C: number; readonly scores: readonly number[] }[];
}

describe('linear support vector machine', () => {
  const golden = JSON.parse(readFileSync(new URL('../../../../tests/support/golden/linear-svm.json', import.meta.url), 'utf8')) as Golden;
  const rows = golden.labels.length;
  const train: LabelledMatrix = { x: { rows, columns: golden.columns, data: Float32Array.from(golden.x) }, labels: Uint8Array.from(golden.labels) };
  const fit = (on: LabelledMatrix, options: Partial<LinearOptions> = {}, validation: LabelledMatrix = { x: rowsBetween(on.x, 0, 0), labels: new Uint8Array(0) }): Promise<Classifier> =>
    model.fit(on, validation, { ...model.defaults, ...options }, { seed: 1, native: {}, signal: new AbortController().signal, progress: () => undefined });

  for (const { C, scores } of golden.cases) {
    it(`scores as scikit-learn's LinearSVC does, C = ${C}`, async () => {
      const fitted = await fit(train, { C, tolerance: 1e-7, maxIterations: 500 });
      const { weights, bias } = decodeNpz(await fitted.save()).arrays;
      const factor = fitted.details['factor'] as number;
      scores.forEach((score, i) => {
        const [row, k] = [Math.floor(i / 10), i % 10];
        let ours = Number(bias?.data[k]);
        for (let j = 0; j < golden.columns; j++) ours += (golden.x[row * golden.columns + j] ?? 0) * Number(weights?.data[j * 10 + k]);
        assert.ok(Math.abs(ours / factor - score) < 1e-3, `row ${row}, class ${k}: ${ours / factor}, scikit-learn's is ${score}`);
      });
    });
  }

  it('is as sure as the validation rows bear out: no other factor has a lower log-loss on them', async () => {
    const [some, validation] = [clouds(200, 1), clouds(300, 2)];
    const fitted = await fit(some, {}, validation);
    const { data } = await fitted.predictProba(validation.x);
    const at = (factor: number): number => {
      const moved = data.map((value) => value ** factor);
      for (let row = 0; row < 300; row++) {
        const sum = moved.subarray(row * 10, row * 10 + 10).reduce((a, b) => a + b, 0);
        for (let k = 0; k < 10; k++) moved[row * 10 + k] = (moved[row * 10 + k] ?? 0) / sum;
      }
      return logLoss({ rows: 300, columns: 10, data: moved }, validation.labels);
    };
    assert.ok(at(1) < at(1.05) && at(1) < at(0.95), `${at(0.95)}, ${at(1)}, ${at(1.05)}`);
    assert.equal(fitted.details['calibratedOn'], 'validation rows');
    const untold = await fit(some);
    assert.ok(logLoss(await untold.predictProba(validation.x), validation.labels) < 1.1 * at(1));
  });

  it('ignores a constant column, and knows one class only when it is taught one only', async () => {
    const some = clouds(200, 3);
    const wide = { ...some, x: { rows: 200, columns: 3, data: Float32Array.from({ length: 600 }, (_, i) => (i % 3 < 2 ? (some.x.data[Math.floor(i / 3) * 2 + (i % 3)] ?? 0) : 5)) } };
    const [a, b] = [await (await fit(some)).predictProba(some.x), await (await fit(wide)).predictProba(wide.x)];
    a.data.forEach((value, i) => assert.ok(Math.abs(value - (b.data[i] ?? 0)) < 1e-3));
    const digits = toyDigits({ rows: 20, seed: 1 });
    const single = await fit({ x: rowsBetween(digits.x, 3, 4), labels: Uint8Array.of(3) });
    const { data } = await single.predictProba(digits.x);
    for (let row = 0; row < 20; row++) assert.equal(data.subarray(row * 10, row * 10 + 10).indexOf(Math.max(...data.subarray(row * 10, row * 10 + 10))), 3);
  });

  it('refuses a C that is not above zero', async () => {
    for (const C of [0, -1, Number.NaN, Infinity]) await assert.rejects(fit(train, { C }), InvalidConfigError);
  });
});

/** Ten overlapping clouds around a circle. */
function clouds(rows: number, seed: number): LabelledMatrix {
  const random = createRandom(seed);
  const labels = Uint8Array.from({ length: rows }, (_, i) => i % 10);
  const data = Float32Array.from({ length: 2 * rows }, (_, i) => {
    const angle = ((labels[i >> 1] ?? 0) * Math.PI) / 5;
    return 4 * (i % 2 ? Math.sin(angle) : Math.cos(angle)) + random.normal();
  });
  return { x: { rows, columns: 2, data }, labels };
}
