import assert from 'node:assert/strict';
import { prepareDataset } from '../../../ml/data/dataset.js';
import type { Digits } from '../../../ml/data/digits.js';
import { takeRows } from '../../../ml/data/take-rows.js';
import { toyDigits } from '../../support/digits.js';

const ALL = { train: 0, test: 0 };

function toySet(rows: number, seed: number): Digits {
  const { x, labels } = toyDigits({ rows, seed });
  return { rows, height: 28, width: 28, pixels: x.data, labels };
}

function sortedByDigit(digits: Digits): Digits {
  return takeRows(digits, Array.from(digits.labels, (_, row) => row).sort((a, b) => (digits.labels[a] ?? 0) - (digits.labels[b] ?? 0)));
}

describe('a prepared data set', () => {
  const train = toySet(120, 1);
  const test = toySet(20, 2);

  it('keeps the order and the memory of a source that is mixed already', () => {
    const dataset = prepareDataset({ train, test, notes: [] }, ALL);
    assert.equal(dataset.train.pixels, train.pixels);
    assert.deepEqual([dataset.validationRows, dataset.notes], [20, []]);
  });

  it('mixes a source that is sorted by digit, the same way each time, rows and labels together', () => {
    const sorted = sortedByDigit(train);
    const dataset = prepareDataset({ train: sorted, test, notes: [] }, ALL);
    assert.deepEqual(dataset, prepareDataset({ train: sorted, test, notes: [] }, ALL));
    assert.match(dataset.notes.join(), /order of their SHA-256/);
    assert.ok(new Set(dataset.train.labels.slice(-20)).size > 5, 'the validation split shows most digits');
    const rows = (digits: Digits): string[] => Array.from(digits.labels, (label, row) => `${label} ${digits.pixels.slice(row * 784, (row + 1) * 784).join()}`).sort();
    assert.deepEqual(rows(dataset.train), rows(train));
    assert.equal(dataset.test.pixels, test.pixels);
  });

  it('keeps the first rows of each half within the limits, and a sixth of those for validation', () => {
    const dataset = prepareDataset({ train, test, notes: [] }, { train: 66, test: 7 });
    assert.deepEqual([dataset.train.rows, dataset.validationRows, dataset.test.rows], [66, 11, 7]);
    assert.deepEqual(dataset.train.pixels, train.pixels.subarray(0, 66 * 784));
    assert.deepEqual([...dataset.test.labels], [0, 1, 2, 3, 4, 5, 6]);
    assert.equal(prepareDataset({ train, test, notes: [] }, { train: 5000, test: 0 }).train.rows, 120);
  });

  it('sets a seventh of every digit apart when the source names no test set', () => {
    const dataset = prepareDataset({ train: sortedByDigit(toySet(140, 3)), notes: [] }, ALL);
    assert.deepEqual([dataset.train.rows, dataset.test.rows], [120, 20]);
    for (let label = 0; label < 10; label++) assert.equal(dataset.test.labels.filter((value) => value === label).length, 2);
    assert.throws(() => prepareDataset({ train: toySet(60, 3), notes: [] }, ALL), { name: 'InvalidDataError', message: /60 images are too few/ });
  });

  it('inverts dark ink on a bright ground, and says so', () => {
    const inverted = { ...train, pixels: train.pixels.map((value) => 255 - value) };
    const dataset = prepareDataset({ train: inverted, test, notes: [] }, ALL);
    assert.deepEqual(dataset.train.pixels, train.pixels);
    assert.match(dataset.notes.join(), /The train images had dark ink/);
  });

  it('brings images of another size to 28 x 28, telling how far it is', () => {
    const doubled = new Uint8Array(20 * 56 * 56);
    for (let row = 0; row < 20; row++) {
      for (let i = 0; i < 56 * 56; i++) doubled[row * 3136 + i] = test.pixels[row * 784 + (i / 56 >> 1) * 28 + (i % 56 >> 1)] ?? 0;
    }
    const seen: number[] = [];
    const dataset = prepareDataset({ train, test: { ...test, height: 56, width: 56, pixels: doubled }, notes: [] }, ALL, (done) => seen.push(done));
    assert.deepEqual([dataset.test.height, dataset.test.width, dataset.test.pixels.length], [28, 28, 20 * 784]);
    assert.match(dataset.notes.join(), /The test images of 56 x 56 pixels were brought/);
    assert.ok(seen.every((fraction) => fraction > 0 && fraction <= 1));
  });
});
