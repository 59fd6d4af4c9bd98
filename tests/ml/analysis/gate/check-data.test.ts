import assert from 'node:assert/strict';
import { checkData } from '../../../../ml/analysis/gate/check-data.js';
import { countDuplicates } from '../../../../ml/analysis/gate/count-duplicates.js';
import { collectFacts } from '../../../../ml/analysis/gate/data-facts.js';
import { driftOf } from '../../../../ml/analysis/gate/drift.js';
import { requireSoundData } from '../../../../ml/analysis/gate/require-sound-data.js';
import { GATE_DEFAULTS, GATE_SETTINGS, type GateThresholds } from '../../../../shared/analysis/gate.js';
import { mnistSubset } from '../../../support/digits.js';

const train = mnistSubset({ split: 'train', from: 0, to: 1200 });
const test = mnistSubset({ split: 'test', from: 0, to: 200 });

interface Given {
  readonly pixels?: Uint8Array;
  readonly labels?: Uint8Array;
  readonly testPixels?: Uint8Array;
  readonly width?: number;
  readonly thresholds?: Partial<GateThresholds>;
}

function checkOf({ pixels = train.x.data, labels = train.labels, testPixels = test.x.data, width = 28, thresholds = {} }: Given) {
  const images = (data: Uint8Array, across: number) => ({ pixels: { rows: Math.floor(data.length / (across * 28)), columns: across * 28, data }, width: across, height: 28 });
  return checkData(collectFacts(images(pixels, width), labels, images(testPixels, 28)), { ...GATE_DEFAULTS, ...thresholds });
}

/** Fails exactly these checks, and the error names each with its advice. */
function fails(given: Given, expected: Readonly<Record<string, RegExp>>): void {
  const check = checkOf(given);
  assert.deepEqual(check.checks.filter(({ passed }) => !passed).map(({ name }) => name), Object.keys(expected));
  assert.equal(check.passed, false);
  assert.throws(() => requireSoundData(check), (error: Error) => {
    assert.equal(error.name, 'InvalidDataError');
    const lines = error.message.split('\n').slice(1);
    assert.equal(lines.length, Object.keys(expected).length);
    Object.entries(expected).forEach(([name, words], i) => {
      assert.ok(lines[i]?.startsWith(`- ${name}: got `), lines[i]);
      assert.match(lines[i] ?? '', words);
    });
    return true;
  });
}

const inverted = (data: Uint8Array): Uint8Array => data.map((value) => 255 - value);

describe('the validation gate', () => {
  it('lets MNIST pass: whole, and the first 6,000 and 1,000', () => {
    for (const [rows, testRows] of [[60_000, 10_000], [6000, 1000]] as const) {
      const [more, others] = [mnistSubset({ split: 'train', from: 0, to: rows }), mnistSubset({ split: 'test', from: 0, to: testRows })];
      const check = checkOf({ pixels: more.x.data, labels: more.labels, testPixels: others.x.data });
      assert.deepEqual(check.checks.filter(({ passed }) => !passed), []);
      assert.equal(check.passed, true);
      requireSoundData(check);
    }
  });

  it('lets sixty images pass where the settings admit them, and not otherwise', () => {
    const few = { pixels: train.x.data.slice(0, 60 * 784), labels: train.labels.slice(0, 60), testPixels: test.x.data.slice(0, 10 * 784) };
    assert.equal(checkOf({ ...few, thresholds: { minTrainRows: 60, minTestRows: 10 } }).passed, true);
    fails(few, { 'train images': /got 60, expected at least 600: .*lower analyse\.gate\.minTrainRows/, 'test images': /got 10, expected at least 100.*minTestRows/ });
  });

  it('names inverted images', () => {
    fails({ pixels: inverted(train.x.data), testPixels: inverted(test.x.data) }, { 'most ink of train': /got 0\.8\d+, expected at most 0\.5: invert the images/, 'most ink of test': /invert the images/ });
  });

  it('names a test half that was prepared in another way', () => {
    fails({ testPixels: inverted(test.x.data) }, { 'most ink of test': /invert/, 'drift between train and test': /brightness: 0\.1\d\d in train, 0\.8\d\d in test.*prepare both splits in the same way/ });
    fails({ testPixels: test.x.data.map((value) => value * 0.6) }, { 'drift between train and test': /\((contrast|ink): .*maxTrainTestDrift/ });
  });

  it('names blank images', () => {
    const pixels = train.x.data.slice();
    pixels.fill(7, 0, 4 * 784);
    fails({ pixels, thresholds: { maxTrainTestDrift: 9 } }, { 'blank train images': /got 0\.00333333 \(4 of 1200\), expected at most 0\.001: take the blank images out/ });
    assert.equal(checkOf({ pixels, thresholds: { maxBlankShare: 0.01 } }).passed, true);
  });

  it('names a digit that is missing or rare', () => {
    fails({ labels: train.labels.map((label) => (label === 6 ? 5 : label)) }, {
      'share of the rarest digit': /got 0 \(digit 6: 0 of 1200\), expected at least 0\.02: add images of 6/, 'imbalance of digits': /got 1000000000 \(\d+ of digit 5, 0 of digit 6\), expected at most 5/,
    });
    fails({ thresholds: { maxImbalance: 1.05 } }, { 'imbalance of digits': /raise analyse\.gate\.maxImbalance/ });
  });

  it('names labels that do not fit the images', () => {
    fails({ labels: train.labels.slice(0, 1100) }, { 'training labels': /got 1100, expected 1200: give exactly one label/ });
    fails({ labels: train.labels.map((label, row) => (row < 3 ? 10 : label)) }, { 'labels outside 0 to 9': /got 3, expected 0/ });
  });

  it('names sizes that are not the required one, or differ', () => {
    fails({ width: 14, labels: new Uint8Array([...train.labels, ...train.labels]), thresholds: { maxTrainTestDrift: 9, maxBlankShare: 1, maxExactDuplicatesShare: 1 } }, { 'train image size': /14 x 28 pixels\), expected 28 x 28/ });
    fails({ width: 14, labels: new Uint8Array([...train.labels, ...train.labels]), thresholds: { side: 0, maxTrainTestDrift: 9, maxBlankShare: 1, maxExactDuplicatesShare: 1 } }, { 'test image size': /28 x 28 pixels\), expected 14 x 28/ });
  });

  it('names images that are nearly empty, of too few levels, or repeated', () => {
    fails({ thresholds: { minMeanInk: 0.2 } }, { 'least ink of train': /crop the images/, 'least ink of test': /crop the images/ });
    const black = (data: Uint8Array): Uint8Array => data.map((value) => (value > 127 ? 255 : 0));
    fails({ pixels: black(train.x.data), testPixels: black(test.x.data), thresholds: { minDistinctValues: 3 } }, { 'levels of train': /got 2, expected at least 3/, 'levels of test': /got 2/ });
    const pixels = train.x.data.slice();
    pixels.copyWithin(600 * 784, 0, 100 * 784);
    fails({ pixels }, { 'repeated train images': /got 0\.0833333 \(100 of 1200\), expected at most 0\.05/ });
  });

  it('has a sound default for every limit', () => {
    for (const [name, { type, minimum, maximum, default: value, description }] of Object.entries(GATE_SETTINGS)) {
      assert.ok(value >= minimum && value <= maximum && description.length > 40, name);
      assert.ok(type === 'number' || Number.isInteger(value), name);
      assert.equal(GATE_DEFAULTS[name as keyof GateThresholds], value);
    }
  });
});

describe('countDuplicates', () => {
  it('counts every repetition, and no image that differs in one pixel', () => {
    const data = new Uint8Array(6 * 3);
    data.set([1, 2, 3, 1, 2, 3, 1, 2, 4, 1, 2, 3, 0, 0, 0, 0, 0, 0]);
    assert.equal(countDuplicates({ rows: 6, columns: 3, data }), 3);
    assert.equal(countDuplicates({ rows: 0, columns: 3, data: new Uint8Array(0) }), 0);
  });
});

describe('driftOf', () => {
  it('is Cohen’s d less two standard errors', () => {
    const d = 0.2 / Math.sqrt((300 * 0.04 + 100 * 0.08) / 400);
    const error = Math.sqrt(1 / 300 + 1 / 100 + d ** 2 / 800);
    const got = driftOf({ mean: 0.5, sd: 0.2 }, 300, { mean: 0.3, sd: Math.sqrt(0.08) }, 100);
    assert.ok(Math.abs(got - (d - 2 * error)) < 1e-12);
  });

  it('is 0 within chance, and without limit where nothing varies', () => {
    assert.equal(driftOf({ mean: 0.5, sd: 0.2 }, 10, { mean: 0.55, sd: 0.2 }, 10), 0);
    assert.equal(driftOf({ mean: 0.5, sd: 0 }, 10, { mean: 0.55, sd: 0 }, 10), Infinity);
  });
});
