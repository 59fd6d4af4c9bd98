import assert from 'node:assert/strict';
import { decodeCalibration, encodeCalibration } from '../../../ml/calibration/calibration-bytes.js';
import { chooseCalibrator } from '../../../ml/calibration/choose-calibrator.js';
import { fitCalibration } from '../../../ml/calibration/fit-calibration.js';
import { encodeNpz } from '../../../ml/data/npz.js';
import { evaluateCalibrated } from '../../../ml/evaluation/evaluate-calibrated.js';
import { logLoss } from '../../../ml/evaluation/log-loss.js';
import type { Matrix } from '../../../ml/matrix.js';
import { rowsBetween } from '../../../ml/matrix.js';
import { createRandom } from '../../../ml/random.js';
import { CONFORMAL_SCORES } from '../../../shared/calibration.js';
import { InvalidConfigError, InvalidDataError, InvalidModelError } from '../../../shared/errors.js';
import { plantedRows } from './planted-rows.js';

const ALL = ['temperature', 'platt', 'isotonic'] as const;
const SETTINGS = { methods: ALL, risks: [0.25, 0.4], alphas: [0.1, 0.05] };
const SPLIT = 3_000;
const planted = plantedRows({ rows: 6_000, seed: 31, temperature: 0.4 });
const [proba, labels] = [rowsBetween(planted.proba, 0, SPLIT), planted.labels.subarray(0, SPLIT)];
const [unseen, others] = [rowsBetween(planted.proba, SPLIT, 6_000), planted.labels.subarray(SPLIT)];
const none = (): void => undefined;

describe('the choice of a calibrator', () => {
  it('takes the method whose truth was planted, and no method where the model is honest', () => {
    const { calibrator, logLoss: losses } = chooseCalibrator(proba, labels, ALL, 1, none);
    assert.equal(calibrator.method, 'temperature', JSON.stringify(losses));
    assert.deepEqual(Object.keys(losses), ['none', ...ALL]);
    assert.equal(chooseCalibrator(rowsBetween(planted.truth, 0, SPLIT), labels, ['isotonic'], 1, none).calibrator.method, 'none');
  });

  it('takes a method only if it is allowed to', () => {
    assert.equal(chooseCalibrator(proba, labels, ['platt'], 1, none).calibrator.method, 'platt');
    assert.equal(chooseCalibrator(proba, labels, [], 1, none).calibrator.method, 'none');
  });

  it('judges no row by a fit that saw it: curves through noise gain nothing', () => {
    const random = createRandom(3);
    const noise = { rows: 200, columns: 10, data: new Float32Array(2_000) };
    for (let row = 0; row < 200; row++) {
      const weights = Array.from({ length: 10 }, () => 0.5 + random.uniform());
      const sum = weights.reduce((total, weight) => total + weight, 0);
      noise.data.set(weights.map((weight) => weight / sum), row * 10);
    }
    const own = Uint8Array.from({ length: 200 }, () => random.integer(10));
    const { logLoss: losses, outOfFold } = chooseCalibrator(noise, own, ['isotonic'], 1, none);
    assert.ok((losses.isotonic ?? 0) > (losses.none ?? Infinity), JSON.stringify(losses));
    assert.equal(logLoss(outOfFold, own), losses.none);
  });

  it('refuses fewer than ten rows, and NaN', () => {
    assert.throws(() => chooseCalibrator(rowsBetween(proba, 0, 9), labels.subarray(0, 9), ALL, 1, none), (error) => error instanceof InvalidDataError && /9 validation rows.*at least 10/.test(error.message));
    chooseCalibrator(rowsBetween(proba, 0, 10), labels.subarray(0, 10), ALL, 1, none);
    const broken = { ...proba, data: proba.data.slice().fill(Number.NaN, 0, 1) };
    assert.throws(() => chooseCalibrator(broken, labels, [], 1, none), InvalidDataError);
  });

  it('says often that it works', () => {
    let ticks = 0;
    chooseCalibrator(proba, labels, ALL, 1, () => { ticks++; });
    assert.ok(ticks >= 20, `${ticks}`);
  });
});

describe('a fitted calibration', () => {
  const fitted = fitCalibration(proba, labels, SETTINGS, 5);

  it('brings log-loss, ECE and Brier score of unseen rows near the truth\'s, and says so before', () => {
    const { before, after, validation } = evaluateCalibrated(fitted, unseen, others, 9);
    const best = logLoss(rowsBetween(planted.truth, SPLIT, 6_000), others);
    assert.ok(before.logLoss > best + 0.3 && Math.abs(after.logLoss - best) < 0.01, `${before.logLoss} to ${after.logLoss}, truth ${best}`);
    assert.ok(before.ece > 0.15 && after.ece < 0.03, `${before.ece} to ${after.ece}`);
    assert.ok(after.brier < before.brier - 0.05);
    assert.equal(after.accuracy, before.accuracy);
    assert.ok(Math.abs(validation.after.logLoss - after.logLoss) < 0.05 && Math.abs(validation.before.ece - before.ece) < 0.05);
  });

  it('keeps its rates of errors and its coverage on unseen rows, within what chance allows', () => {
    const { rejection, conformal, curve, errorFree } = evaluateCalibrated(fitted, unseen, others, 9);
    for (const { target, risk, coverage, largestCoverage, errors, threshold } of rejection) {
      const answered = coverage * SPLIT;
      assert.ok(answered > 100 && threshold !== null, `${answered}`);
      // two samples of about `answered` rows, four deviations
      assert.ok(risk <= target + 4 * Math.sqrt((2 * target * (1 - target)) / answered), `${risk} for ${target}`);
      assert.ok(Math.abs(coverage - largestCoverage) < 0.15 && Math.abs(errors / answered - risk) < 1e-9);
    }
    assert.deepEqual(rejection.map(({ target, threshold }) => [target, threshold]), fitted.summary.rejection.map(({ target, threshold }) => [target, threshold]));
    assert.equal(conformal.length, 2 * CONFORMAL_SCORES.length);
    for (const { score, alpha, coverage } of conformal) {
      assert.ok(Math.abs(coverage - (1 - alpha)) < 4 * Math.sqrt((2 * alpha * (1 - alpha)) / SPLIT) + 0.005, `${score} ${alpha}: ${coverage}`);
    }
    assert.deepEqual(curve.at(-1)?.[0], 1);
    assert.ok(errorFree < 0.1 * SPLIT);
  });

  it('orders rows better than chance: the area is far below the error rate', () => {
    const { area, after } = evaluateCalibrated(fitted, unseen, others, 9);
    for (const signal of ['confidence', 'margin', 'uncalibrated'] as const) {
      assert.ok(area[signal].aurc < 0.8 * (1 - after.accuracy) && area[signal].excess > 0, `${signal}: ${area[signal].aurc}`);
    }
  });

  it('is the same after a round trip through bytes, which are the same for the same seed', () => {
    for (const methods of [[], ['temperature'], ['platt'], ['isotonic']] as const) {
      const one = fitCalibration(proba, labels, { ...SETTINGS, methods }, 5);
      const bytes = encodeCalibration(one);
      assert.deepEqual(encodeCalibration(fitCalibration(proba, labels, { ...SETTINGS, methods }, 5)), bytes);
      const back = decodeCalibration('model', bytes);
      assert.deepEqual([back.summary, back.alphas, back.thresholds], [one.summary, one.alphas, one.thresholds]);
      assert.deepEqual(back.calibrator.apply(unseen).data, one.calibrator.apply(unseen).data);
    }
  });

  it('keeps thresholds without end, and none at all, through bytes', () => {
    const few = fitCalibration(rowsBetween(proba, 0, 20), labels.subarray(0, 20), { ...SETTINGS, risks: [0], alphas: [0.01] }, 5);
    const back = decodeCalibration('few', encodeCalibration(few));
    assert.ok(back.thresholds.lac[0]?.every((threshold) => threshold === Infinity));
    const without = fitCalibration(proba, labels, { methods: [], risks: [], alphas: [] }, 5);
    assert.deepEqual(decodeCalibration('none', encodeCalibration(without)).alphas, []);
  });

  it('stays small: figures of a model take under 7 KB of the evaluation', () => {
    const four = fitCalibration(proba, labels, { ...SETTINGS, risks: [0.001, 0.005, 0.01], alphas: [0.1, 0.05, 0.01, 0.005] }, 5);
    const bytes = JSON.stringify(evaluateCalibrated(four, unseen, others, 9)).length;
    assert.ok(bytes < 7_000, `${bytes}`);
  });

  it('refuses a rate or an alpha out of range, foreign bytes, and probabilities of other classes', () => {
    assert.throws(() => fitCalibration(proba, labels, { ...SETTINGS, risks: [1] }, 5), InvalidConfigError);
    assert.throws(() => fitCalibration(proba, labels, { ...SETTINGS, alphas: [0] }, 5), InvalidConfigError);
    assert.throws(() => decodeCalibration('model', undefined), InvalidModelError);
    assert.throws(() => decodeCalibration('model', new TextEncoder().encode('no calibration')), InvalidModelError);
    assert.throws(() => decodeCalibration('model', encodeNpz({ ...fitted.calibrator.arrays() })), InvalidModelError);
    const summary = new TextEncoder().encode(JSON.stringify(fitted.summary));
    assert.throws(() => decodeCalibration('model', encodeNpz({ 'summary.json': summary, ...fitted.calibrator.arrays() })), (error) => error instanceof InvalidModelError && /alphas/.test(error.message));
    const nine: Matrix<Float32Array> = { rows: 1, columns: 9, data: new Float32Array(9).fill(1 / 9) };
    assert.throws(() => evaluateCalibrated(fitted, nine, Uint8Array.of(0), 1), InvalidModelError);
  });
});
