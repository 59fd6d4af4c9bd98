import assert from 'node:assert/strict';
import { toMnistForm } from '../../../ml/image/to-mnist-form.js';
import type { RawImage } from '../../../ml/image/raw-image.js';
import { createRandom } from '../../../ml/random.js';
import { digit, mnistSubset } from '../../support/digits.js';

const { x: TEST } = mnistSubset({ split: 'test', from: 0, to: 20 });
const mnist = (row: number): Uint8Array => TEST.data.subarray(row * 784, (row + 1) * 784);

/** A digit enlarged on a page, at a place of it. */
function onPage(pixels: Uint8Array, { scale, width, height, left, top, ink }: { scale: number; width: number; height: number; left: number; top: number; ink: (v: number) => number }): RawImage {
  const page = new Uint8Array(width * height).fill(ink(0));
  for (let y = 0; y < 28 * scale; y++) {
    for (let x = 0; x < 28 * scale; x++) {
      page[(top + y) * width + left + x] = ink(pixels[Math.floor(y / scale) * 28 + Math.floor(x / scale)] ?? 0);
    }
  }
  return { width, height, pixels: page };
}

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;
}

describe('toMnistForm', () => {
  it('leaves bright ink on black at 28 x 28 as it is', () => {
    for (let row = 0; row < 20; row++) {
      assert.deepEqual(toMnistForm({ width: 28, height: 28, pixels: mnist(row) }).pixels, mnist(row));
    }
  });

  it('inverts dark ink on white at 28 x 28, and changes nothing else', () => {
    assert.deepEqual(toMnistForm({ width: 28, height: 28, pixels: mnist(0).map((value) => 255 - value) }).pixels, mnist(0));
  });

  it('finds every digit of MNIST again when it is drawn dark, four times as large, anywhere on a white page', () => {
    for (let row = 0; row < 20; row++) {
      const page = onPage(mnist(row), { scale: 4, width: 200, height: 150, left: 5 + row * 3, top: 30 - row, ink: (v) => 255 - v });
      const difference = meanDifference(toMnistForm(page).pixels, mnist(row));
      assert.ok(difference < 0.5, `image ${row} differs by ${difference}`);
    }
  });

  it('finds the digit on uneven grey paper', () => {
    const random = createRandom(5);
    const page = onPage(mnist(3), { scale: 4, width: 160, height: 160, left: 20, top: 30, ink: (v) => Math.round(200 - 150 * (v / 255) + 6 * random.uniform()) });
    const difference = meanDifference(toMnistForm(page).pixels, mnist(3));
    assert.ok(difference < 6, `differs by ${difference}`);
  });

  it('enlarges a small drawing so that its longer side is 20 pixels, its centre of mass in the middle', () => {
    const { pixels } = toMnistForm(digit(`
      . . . . . . .
      . . . # . . .
      . . . # . . .
      . . . # . . .
      . . . # . . .
      . . . . . . .
    `));
    const rows = Array.from({ length: 28 }, (_, y) => pixels.subarray(y * 28, (y + 1) * 28).some((value) => value > 0));
    const columns = Array.from({ length: 28 }, (_, x) => rows.some((_row, y) => (pixels[y * 28 + x] ?? 0) > 0));
    assert.deepEqual([rows.indexOf(true), rows.lastIndexOf(true)], [4, 23]);
    assert.deepEqual([columns.indexOf(true), columns.lastIndexOf(true)], [12, 16]);
  });

  it('keeps a lop-sided digit inside the image', () => {
    const pixels = new Uint8Array(100 * 100);
    pixels.fill(255, 10 * 100 + 10, 10 * 100 + 90); // a long thin line
    for (let y = 10; y < 90; y++) pixels[y * 100 + 10] = 255;
    for (let y = 10; y < 30; y++) pixels.fill(255, y * 100 + 10, y * 100 + 30); // a heavy corner
    const form = toMnistForm({ width: 100, height: 100, pixels });
    const ink = form.pixels.filter((value) => value > 0).length;
    assert.equal(form.pixels.length, 784);
    assert.ok(ink > 20 * 20 / 16 + 19, `${ink} pixels of ink`);
  });

  it('refuses a blank picture of any brightness and size, with advice', () => {
    for (const [side, value] of [[28, 0], [28, 255], [50, 128], [1, 9]] as const) {
      assert.throws(() => toMnistForm({ width: side, height: side, pixels: new Uint8Array(side * side).fill(value) }, 'page.png'), {
        name: 'InvalidDataError', message: /page\.png: the picture is blank.*write it darker, or crop/,
      });
    }
  });
});
