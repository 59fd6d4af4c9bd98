import assert from 'node:assert/strict';
import { createSmoothing } from '../../../ml/augment/cosine-smoothing.js';
import { elastic } from '../../../ml/augment/elastic.js';
import { followBy, invert, setIdentity } from '../../../ml/augment/homography.js';
import { createNormals } from '../../../ml/augment/normals.js';
import { rotation } from '../../../ml/augment/rotation.js';
import { translation } from '../../../ml/augment/translation.js';
import { createWarp } from '../../../ml/augment/warp.js';
import { createWordSource } from '../../../ml/augment/word-source.js';
import { createRandom } from '../../../ml/random.js';
import { mnistSubset } from '../../support/digits.js';
import { drawing } from './pictures.js';

/** The definition: a Gaussian cut off far out, with borders mirrored half a pixel outside, along rows and then columns. */
function smoothedPlainly(field: Float64Array, side: number, sigma: number): Float64Array {
  const radius = Math.ceil(8 * sigma);
  const weights = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma)));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const mirrored = (at: number): number => {
    const place = ((at % (2 * side)) + 2 * side) % (2 * side);
    return place < side ? place : 2 * side - 1 - place;
  };
  const along = (from: Float64Array, step: number, across: number): Float64Array => from.map((_, i) => {
    const line = step === 1 ? Math.floor(i / side) : i % side;
    const at = step === 1 ? i % side : Math.floor(i / side);
    return weights.reduce((sum, weight, j) => sum + (weight / whole) * (from[line * across + mirrored(at + j - radius) * step] ?? NaN), 0);
  });
  return along(along(field, 1, side), side, 1);
}

describe('the smoothing of displacements', () => {
  for (const [side, sigma] of [[28, 4], [28, 3.5], [28, 14], [27, 4], [5, 1], [32, 0.5], [70, 2]] as const) {
    it(`equals a Gaussian of sigma ${sigma} with mirrored borders on ${side} x ${side} pixels`, () => {
      const random = createRandom(side);
      const { fields, stride, between, smooth } = createSmoothing(side, sigma);
      const both = [0, 1].map(() => Float64Array.from({ length: side * side }, () => 2 * random.uniform() - 1));
      both.forEach((field, f) => field.forEach((value, i) => { fields[Math.floor(i / side) * stride + (i % side) + f * between] = value; }));
      smooth();
      both.forEach((field, f) => smoothedPlainly(field, side, sigma).forEach((expected, i) => {
        const got = fields[Math.floor(i / side) * stride + (i % side) + f * between] ?? NaN;
        assert.ok(Math.abs(got - expected) < 2e-5, `field ${f}, pixel ${i}: got ${got}, expected ${expected}`);
      }));
    });
  }
});

describe('elastic displacements', () => {
  const [side, area, images] = [28, 784, 400];
  const add = elastic.prepare({ alpha: 34, sigma: 4 }, side);
  const random = createWordSource();
  const fields = Array.from({ length: images }, (_, row) => {
    const [right, down] = [new Float32Array(area), new Float32Array(area)];
    random.start(1, row, 0, 0);
    add(random, right, down);
    return { right, down };
  });
  const values = fields.flatMap(({ right, down }) => [right, down]);

  it('have the mean and the spread that the definition gives at every place', () => {
    const plain = new Float64Array(area);
    plain[14 * side + 14] = 1;
    const centre = Math.hypot(...smoothedPlainly(plain, side, 4)) * 34 * Math.sqrt(1 / 3);
    assert.ok(Math.abs(centre - 34 / (Math.sqrt(12 * Math.PI) * 4)) < 0.01, `${centre}`);
    const at = values.map((field) => field[14 * side + 14] ?? NaN);
    const deviation = Math.sqrt(at.reduce((sum, value) => sum + value * value, 0) / at.length);
    assert.ok(Math.abs(deviation / centre - 1) < 0.1, `${deviation}, expected ${centre}`);
    assert.ok(Math.abs(at.reduce((sum, value) => sum + value, 0) / at.length) < 4 * centre / Math.sqrt(at.length));
  });

  it('are smooth: neighbours move together, by exp(-1 / (4 sigma^2)) of their spread', () => {
    let [product, square] = [0, 0];
    for (const field of values) {
      for (let y = 10; y < 18; y++) {
        for (let x = 10; x < 18; x++) {
          product += (field[y * side + x] ?? NaN) * (field[y * side + x + 1] ?? NaN);
          square += (field[y * side + x] ?? NaN) ** 2;
        }
      }
    }
    assert.ok(Math.abs(product / square - Math.exp(-1 / 64)) < 0.01, `${product / square}`);
  });

  it('are not shared between directions or images', () => {
    const likeness = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * (b[i] ?? NaN), 0) / area;
    const square = values.reduce((sum, field) => sum + likeness(field, field), 0) / values.length;
    const directions = fields.reduce((sum, { right, down }) => sum + likeness(right, down), 0) / images;
    const rows = fields.slice(1).reduce((sum, { right }, i) => sum + likeness(right, fields[i]?.right ?? right), 0) / (images - 1);
    assert.ok(Math.abs(directions) < 0.1 * square && Math.abs(rows) < 0.1 * square, `${directions} and ${rows} of ${square}`);
  });
});

describe('one warp for all moves', () => {
  const side = 28;
  const { x } = mnistSubset({ split: 'test', from: 0, to: 1 });

  it('turns first and moves then, as the analytic map does', () => {
    const [whole, move, inverse] = [new Float64Array(9), new Float64Array(9), new Float64Array(9)];
    setIdentity(whole);
    rotation.prepare({ degrees: 15 }, side)(drawing(0.6), move);
    followBy(whole, move);
    translation.prepare({ fraction: 0.1 }, side)(drawing(0.5, -0.25), move);
    followBy(whole, move);
    invert(whole, inverse);
    const warp = createWarp(side);
    warp.sample(x.data, 0, inverse);

    const angle = (9 * Math.PI) / 180;
    const pixel = (column: number, row: number): number => (column < 0 || row < 0 || column >= side || row >= side ? 0 : x.data[row * side + column] ?? NaN);
    warp.pixels.forEach((value, i) => {
      const [u, v] = [(i % side) - 1.4 - 13.5, Math.floor(i / side) + 0.7 - 13.5]; // back by the translation
      const [column, row] = [13.5 + u * Math.cos(angle) - v * Math.sin(angle), 13.5 + u * Math.sin(angle) + v * Math.cos(angle)]; // then turned back
      const [left, top] = [Math.floor(column), Math.floor(row)];
      const [a, b] = [column - left, row - top];
      const expected = (1 - b) * ((1 - a) * pixel(left, top) + a * pixel(left + 1, top)) + b * ((1 - a) * pixel(left, top + 1) + a * pixel(left + 1, top + 1));
      assert.ok(Math.abs(value - expected) < 0.7, `pixel ${i}: got ${value}, expected ${expected}`);
    });
  });

  it('takes a displaced pixel from where the moves put its displaced place', () => {
    const warp = createWarp(3);
    const inverse = Float64Array.from([0, -1, 0, 1, 0, 0, 0, 0, 1]); // a quarter turn
    warp.right.fill(1);
    warp.sample(Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]), 0, inverse);
    // pixel (0, 0) lies at (-1, -1), is displaced to (0, -1), and the quarter turn takes it to (1, 0): the 6
    assert.deepEqual([...warp.pixels], [6, 9, 0, 5, 8, 0, 4, 7, 0]);
  });

  it('undoes any move with its inverse', () => {
    const move = Float64Array.from([1.1, 0.2, 3, -0.1, 0.9, -2, 0.01, -0.02, 1]);
    const inverse = new Float64Array(9);
    invert(move, inverse);
    followBy(move, inverse);
    [1, 0, 0, 0, 1, 0, 0, 0, 1].forEach((expected, i) => assert.ok(Math.abs((move[i] ?? NaN) / (move[8] ?? NaN) - expected) < 1e-12));
  });
});

describe('normal numbers in bulk', () => {
  it('have the moments and the tails of the normal distribution', () => {
    const count = 2_000_000;
    const numbers = new Float64Array(count);
    const random = createWordSource();
    random.start(3, 0, 0, 0);
    createNormals(count)(random, 1, numbers);
    const mean = (of: (value: number) => number): number => numbers.reduce((sum, value) => sum + of(value), 0) / count;
    for (const [power, expected, spread] of [[1, 0, 1], [2, 1, Math.sqrt(2)], [3, 0, Math.sqrt(15)], [4, 3, Math.sqrt(96)], [6, 15, Math.sqrt(10170)]] as const) {
      const got = mean((value) => value ** power);
      assert.ok(Math.abs(got - expected) < 4 * spread / Math.sqrt(count), `moment ${power}: ${got}`);
    }
    for (const [edge, probability] of [[0, 0.5], [0.3, 0.382089], [0.6, 0.274253], [1, 0.158655], [1.5, 0.0668072], [2, 0.0227501], [3, 0.0013499], [3.6, 0.000159109]] as const) {
      for (const sign of [1, -1]) {
        const got = mean((value) => (value * sign > edge ? 1 : 0));
        assert.ok(Math.abs(got - probability) < 4 * Math.sqrt(probability / count), `beyond ${edge * sign}: ${got}`);
      }
    }
  });
});
