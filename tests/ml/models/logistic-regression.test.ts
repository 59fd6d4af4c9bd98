import assert from 'node:assert/strict';
import { accuracy } from '../../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../../ml/evaluation/argmax-rows.js';
import { logLoss } from '../../../ml/evaluation/log-loss.js';
import type { LinearOptions } from '../../../ml/models/fit-linear-scores.js';
import { rowsBetween } from '../../../ml/matrix.js';
import type { LabelledMatrix } from '../../../ml/matrix.js';
import { model } from '../../../ml/models/logistic-regression.js';
import type { Classifier } from '../../../ml/models/model.js';
import { createRandom } from '../../../ml/random.js';
import { InvalidConfigError } from '../../../shared/errors.js';
import { toyDigits } from '../../support/digits.js';
import { testClassifierContract } from './classifier.contract.js';

testClassifierContract(model, { options: { maxIterations: 12 }, rows: 300, accuracy: 0.7 });

describe('logistic regression', () => {
  const none: LabelledMatrix = { x: { rows: 0, columns: 2, data: new Float32Array(0) }, labels: new Uint8Array(0) };
  const fit = (train: LabelledMatrix, options: Partial<LinearOptions> = {}): Promise<Classifier> =>
    model.fit(train, none, { ...model.defaults, ...options }, {
      seed: 1, native: {}, signal: new AbortController().signal, progress: () => undefined,
    });

  it('finds the minimum: the penalised gradient vanishes, by finite differences of its own loss', async () => {
    // Two columns, not standardised beforehand; the penalty is on the standardised weights.
    const train = clouds(300, 3);
    const C = 0.5;
    const loss = async (options: Partial<LinearOptions>): Promise<number> => penalisedLoss(await fit(train, options), train, C);
    const best = await loss({ C, tolerance: 1e-8, maxIterations: 500 });
    for (const other of [0.3, 0.45, 0.55, 0.8]) {
      const worse = await loss({ C: other, tolerance: 1e-8, maxIterations: 500 });
      assert.ok(worse > best, `the solution for C = ${other} has loss ${worse}, that for ${C} ${best}`);
    }
  });

  it('gives the analytic answer of a balanced table: log-odds of the counts', async () => {
    // One binary column, no penalty to speak of: P(class | value) is the observed share.
    const rows = [[0, 0, 30], [0, 1, 10], [1, 0, 5], [1, 1, 15]] as const;
    const data = rows.flatMap(([value, , count]) => Array.from({ length: count }, () => value));
    const labels = rows.flatMap(([, label, count]) => Array.from({ length: count }, () => label));
    const train = { x: { rows: data.length, columns: 1, data: Float32Array.from(data) }, labels: Uint8Array.from(labels) };
    const fitted = await fit(train, { C: 1e8, tolerance: 1e-9, maxIterations: 500 });
    const { data: proba } = await fitted.predictProba({ rows: 2, columns: 1, data: Float32Array.of(0, 1) });
    near(proba[0], 0.75, 1e-4);
    near(proba[1], 0.25, 1e-4);
    near(proba[10], 0.25, 1e-4);
    near(proba[11], 0.75, 1e-4);
  });

  it('ignores a constant column, whatever its value', async () => {
    const train = clouds(200, 5);
    const wide = withColumn(train, 123.456);
    const [narrowModel, wideModel] = [await fit(train), await fit(wide)];
    const [a, b] = [await narrowModel.predictProba(train.x), await wideModel.predictProba(wide.x)];
    a.data.forEach((value, i) => near(b.data[i], value, 1e-4));
    const moved = withColumn(train, -77);
    assert.deepEqual((await wideModel.predictProba(moved.x)).data, b.data);
  });

  it('does not mind the scale of a column', async () => {
    const train = clouds(200, 6);
    const scaled = { ...train, x: { ...train.x, data: (train.x.data as Float32Array).map((value, i) => (i % 2 ? value * 1e4 : value)) } };
    const [a, b] = [await (await fit(train)).predictProba(train.x), await (await fit(scaled)).predictProba(scaled.x)];
    a.data.forEach((value, i) => near(b.data[i], value, 1e-3));
  });

  it('reads pixels as value / 255', async () => {
    const train = toyDigits({ rows: 100, seed: 3 });
    const floats = { x: { ...train.x, data: Float32Array.from(train.x.data, (value) => value / 255) }, labels: train.labels };
    const fitted = await fit(train, { maxIterations: 20 });
    const [a, b] = [await fitted.predictProba(train.x), await fitted.predictProba(floats.x)];
    a.data.forEach((value, i) => near(b.data[i], value, 1e-4));
  });

  it('keeps the iteration with the best validation log-loss, and stops after as many as it waits for', async () => {
    const [train, validation] = [noisyRows(300, 1), noisyRows(300, 2)];
    const context = { seed: 1, native: {}, signal: new AbortController().signal, progress: () => undefined };
    const options = { ...model.defaults, C: 1e6, tolerance: 1e-9 };
    const [patient, last] = [await model.fit(train, validation, { ...options, patience: 3 }, context), await model.fit(train, validation, options, context)];
    const { iterations, bestIteration } = patient.details;
    assert.ok(typeof iterations === 'number' && typeof bestIteration === 'number');
    assert.equal(iterations - bestIteration, 3);
    const exactly = await model.fit(train, validation, { ...options, maxIterations: bestIteration }, context);
    assert.deepEqual(Buffer.from(await patient.save()), Buffer.from(await exactly.save()));
    const loss = async (fitted: Classifier): Promise<number> => logLoss(await fitted.predictProba(validation.x), validation.labels);
    assert.ok(await loss(patient) < 0.9 * await loss(last), `${await loss(patient)}, without early stopping ${await loss(last)}`);
  });

  it('fits many numbers by TensorFlow, to the same bytes every time and to the answer of the plain loops', async () => {
    const train = noisyRows(8_200, 4, 490); // above the bound
    const small = { ...train, x: rowsBetween(train.x, 0, 8_100), labels: train.labels.subarray(0, 8_100) }; // below it
    const [large, again, plain] = [await fit(train, { C: 0.01 }), await fit(train, { C: 0.01 }), await fit(small, { C: 0.01 })];
    assert.deepEqual(Buffer.from(await large.save()), Buffer.from(await again.save()));
    const unseen = noisyRows(500, 5, 490);
    const [a, b] = [await large.predictProba(unseen.x), await plain.predictProba(unseen.x)];
    const squares = a.data.reduce((sum, value, i) => sum + (value - (b.data[i] ?? 0)) ** 2, 0);
    near(Math.sqrt(squares / a.data.length), 0, 0.02); // a hundred rows are missing
    assert.ok(accuracy(argmaxRows(a), unseen.labels) > 0.4);
  }).timeout(60_000);

  it('refuses a C that is not positive', async () => {
    await assert.rejects(fit(clouds(20, 1), { C: 0 }), InvalidConfigError);
  });
});

/** Ten overlapping clouds in the plane. */
function clouds(rows: number, seed: number): LabelledMatrix {
  const random = createRandom(seed);
  const labels = Uint8Array.from({ length: rows }, (_, row) => row % 10);
  const data = Float32Array.from({ length: rows * 2 }, (_, i) => {
    const angle = ((Math.floor(i / 2) % 10) * Math.PI) / 5;
    return 3 * (i % 2 ? Math.sin(angle) : Math.cos(angle)) + random.normal();
  });
  return { x: { rows, columns: 2, data }, labels };
}

/** Clouds in the first two columns, noise in the others. */
function noisyRows(rows: number, seed: number, columns = 60): LabelledMatrix {
  const { x, labels } = clouds(rows, seed);
  const random = createRandom(seed + 1_000);
  const data = Float32Array.from({ length: rows * columns }, (_, i) => (
    i % columns < 2 ? x.data[Math.floor(i / columns) * 2 + (i % columns)] ?? 0 : random.normal()
  ));
  return { x: { rows, columns, data }, labels };
}

function withColumn({ x, labels }: LabelledMatrix, value: number): LabelledMatrix {
  const data = Float32Array.from({ length: x.rows * 3 }, (_, i) => (i % 3 === 2 ? value : x.data[Math.floor(i / 3) * 2 + (i % 3)] ?? 0));
  return { x: { rows: x.rows, columns: 3, data }, labels };
}

/** Summed cross-entropy + |W|^2 / 2 C, on standardised columns, from the model's answers alone. */
async function penalisedLoss(fitted: Classifier, { x, labels }: LabelledMatrix, C: number): Promise<number> {
  const { data: proba } = await fitted.predictProba(x);
  let loss = 0;
  for (let row = 0; row < x.rows; row++) loss -= Math.log(proba[row * 10 + (labels[row] ?? 0)] ?? 0);
  let square = 0;
  for (let j = 0; j < 2; j++) {
    const column = Array.from({ length: x.rows }, (_, row) => x.data[row * 2 + j] ?? 0);
    const mean = column.reduce((sum, value) => sum + value, 0) / x.rows;
    const deviation = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.rows);
    // Log-probabilities at the origin and one deviation along j differ by the standardised weights, up to a shift common to all
    // classes; the penalised minimum has weights that sum to zero over the classes, which fixes the shift.
    const steps = Float32Array.of(0, 0, j === 0 ? deviation : 0, j === 1 ? deviation : 0);
    const { data } = await fitted.predictProba({ rows: 2, columns: 2, data: steps });
    const weights = Array.from({ length: 10 }, (_, k) => Math.log((data[10 + k] ?? 0) / (data[k] ?? 1)));
    const shift = weights.reduce((sum, value) => sum + value, 0) / 10;
    square += weights.reduce((sum, value) => sum + (value - shift) ** 2, 0);
  }
  return loss + square / (2 * C);
}

function near(actual: number | undefined, expected: number, tolerance: number): void {
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) <= tolerance, `${actual}, expected ${expected}`);
}
