import assert from 'node:assert/strict';
import { augmentRows } from '../../../ml/augment/augment-rows.js';
import { parsePipelineDocument } from '../../../ml/augment/pipeline-document.js';
import { AUGMENTATIONS } from '../../../ml/augment/registry.js';
import { createWordSource } from '../../../ml/augment/word-source.js';
import { digit } from '../../support/digits.js';
import { testAugmentationContract } from './augmentation.contract.js';
import { augmentedPicture, drawing } from './pictures.js';

for (const augmentation of AUGMENTATIONS.values()) testAugmentationContract(augmentation);

const CORNER = digit(`
  . . . . . . .
  . . # . . . .
  . . # . . . .
  . . # . . . .
  . . # # # . .
  . . . . . . .
  . . . . . . .
`);

describe('what an augmentation draws', () => {
  it('a quarter turn to the left moves the foot of an L up', () => {
    const turned = augmentedPicture(CORNER, 'rotation', { degrees: 90 }, drawing(1));
    assert.deepEqual(turned, digit(`
      . . . . . . .
      . . . . . . .
      . . . . # . .
      . . . . # . .
      . # # # # . .
      . . . . . . .
      . . . . . . .
    `));
  });

  it('a translation moves right by the first draw and down by the second', () => {
    const moved = augmentedPicture(CORNER, 'translation', { fraction: 2 / 7 }, drawing(1, -0.5));
    assert.deepEqual(moved, digit(`
      . . . . # . .
      . . . . # . .
      . . . . # . .
      . . . . # # #
      . . . . . . .
      . . . . . . .
      . . . . . . .
    `));
  });

  it('a shear slants to the left what is above the centre and to the right what is below', () => {
    const slanted = augmentedPicture(CORNER, 'shear', { factor: 1 }, drawing(1));
    assert.deepEqual(slanted, digit(`
      . . . . . . .
      # . . . . . .
      . # . . . . .
      . . # . . . .
      . . . # # # .
      . . . . . . .
      . . . . . . .
    `));
  });

  it('a scale of a half brings every second pixel to the centre', () => {
    const spread = digit(`
      . . . . . . .
      . # . # . . .
      . . . . . . .
      . . . # . # .
      . . . . . . .
      . . . . . . .
      . . . . . . .
    `);
    assert.deepEqual(augmentedPicture(spread, 'scale', { change: 0.5 }, drawing(-1)), digit(`
      . . . . . . .
      . . . . . . .
      . . # # . . .
      . . . # # . .
      . . . . . . .
      . . . . . . .
      . . . . . . .
    `));
  });

  it('a perspective moves what is near outwards and what is far inwards', () => {
    const bars = digit(Array.from({ length: 7 }, () => '. # . . . # .').join('\n'));
    const { pixels } = augmentedPicture(bars, 'perspective', { change: 0.4 }, drawing(1, 0));
    const middle = pixels.subarray(21, 28);
    const place = (from: number, to: number): number => {
      const ink = middle.subarray(from, to);
      return ink.reduce((sum, value, i) => sum + value * (from + i), 0) / ink.reduce((sum, value) => sum + value, 0);
    };
    const moved = (x: number): number => 3 + (x - 3) / (1 + (0.4 / 3.5) * (x - 3));
    assert.ok(Math.abs(place(0, 3) - moved(1)) < 0.15, `left bar at ${place(0, 3)}, expected ${moved(1)}`);
    assert.ok(Math.abs(place(3, 7) - moved(5)) < 0.15, `right bar at ${place(3, 7)}, expected ${moved(5)}`);
  });

  it('cutout blanks one square, which may stick out of the frame', () => {
    const full = { width: 7, height: 7, pixels: new Uint8Array(49).fill(255) };
    assert.deepEqual(augmentedPicture(full, 'cutout', { size: 3 }, drawing(0.5, 0.9)), digit(`
      # # # # # # #
      # # # # # # #
      # # # # # # #
      # # # # # # #
      # # # # # # #
      # # . . . # #
      # # . . . # #
    `));
  });

  it('morphology at full strength dilates or erodes by one pixel', () => {
    const stroke = digit(`
      . . . . .
      . # # # .
      . # # # .
      . # # # .
      . . . . .
    `);
    assert.deepEqual(augmentedPicture(stroke, 'morphology', { amount: 1 }, drawing(1)), digit(`
      . # # # .
      # # # # #
      # # # # #
      # # # # #
      . # # # .
    `));
    assert.deepEqual(augmentedPicture(stroke, 'morphology', { amount: 1 }, drawing(-1)), digit(`
      . . . . .
      . . . . .
      . . # . .
      . . . . .
      . . . . .
    `));
  });

  it('brightness adds the same to all pixels, contrast moves them from the mean', () => {
    const greys = digit('. 2 4 . 2 4 . 2 4');
    const square = { width: 3, height: 3, pixels: greys.pixels };
    assert.deepEqual([...augmentedPicture(square, 'brightness', { change: 0.2 }, drawing(1)).pixels.subarray(0, 3)], [51, 102, 153]);
    assert.deepEqual([...augmentedPicture(square, 'brightness', { change: 0.3 }, drawing(-1)).pixels.subarray(0, 3)], [0, 0, 26]);
    assert.deepEqual([...augmentedPicture(square, 'contrast', { change: 0.5 }, drawing(1)).pixels.subarray(0, 3)], [0, 51, 128]);
    assert.deepEqual([...augmentedPicture(square, 'contrast', { change: 0.5 }, drawing(-1)).pixels.subarray(0, 3)], [26, 51, 77]);
  });
});

describe('noise', () => {
  it('adds numbers of the deviation asked for, cuts off what leaves the range, and never wraps around', () => {
    const noisy = (grey: number): Uint8Array => {
      const images = { rows: 20, columns: 784, data: new Uint8Array(20 * 784).fill(grey) };
      return augmentRows(images, parsePipelineDocument({ version: 1, steps: [{ kind: 'noise' }] }), 4).data;
    };
    const mean = (values: Uint8Array, of: (value: number) => number): number => values.reduce((sum, value) => sum + of(value), 0) / values.length;
    const middle = noisy(128);
    assert.ok(Math.abs(mean(middle, (value) => value) - 128) < 1);
    assert.ok(Math.abs(Math.sqrt(mean(middle, (value) => (value - 128) ** 2)) - 25.5) < 0.5);
    const half = 25.5 / Math.sqrt(2 * Math.PI); // the mean of the half that is not cut off
    for (const [grey, expected] of [[0, half], [255, 255 - half]] as const) {
      const values = noisy(grey);
      assert.ok(Math.abs(mean(values, (value) => value) - expected) < 0.7, `${mean(values, (value) => value)}, expected ${expected}`);
      assert.ok(values.every((value) => Math.abs(value - grey) < 150));
    }
  });
});

describe('the word source', () => {
  it('fills as many words as it would have given one by one, and goes on behind them', () => {
    const [one, bulk] = [createWordSource(), createWordSource()];
    one.start(1, 2, 3, 4);
    bulk.start(1, 2, 3, 4);
    const words = new Int32Array(9);
    bulk.fill(words);
    assert.deepEqual([...words, bulk.word()], Array.from({ length: 10 }, () => one.word()));
  });

  it('begins elsewhere for every seed, row, copy and step', () => {
    const source = createWordSource();
    const first = ([seed, row, copy, step]: readonly [number, number, number, number]): string => {
      source.start(seed, row, copy, step);
      return [source.word(), source.word(), source.word(), source.word()].join();
    };
    const starts = [[0, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]] as const;
    assert.equal(new Set(starts.map(first)).size, starts.length);
  });
});
