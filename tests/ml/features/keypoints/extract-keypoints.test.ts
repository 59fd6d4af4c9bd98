import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decodeNpz } from '../../../../ml/data/npz.js';
import type { GrayImage } from '../../../../ml/features/family.js';
import { extractKeypoints } from '../../../../ml/features/keypoints/extract-keypoints.js';
import { mnistSubset } from '../../../support/digits.js';
import { drawn, turned } from '../../../support/picture.js';

const GOLDEN = new URL('../../../../../tests/support/golden/keypoints.npz', import.meta.url);
const ROWS = 64;
const digits = { rows: ROWS, width: 28, height: 28, pixels: mnistSubset({ split: 'test', from: 0, to: ROWS }).x.data };

interface Keypoint {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly orientation: number;
  readonly response: number;
  readonly descriptor: Float32Array;
}

function keypointsOf({ width, height, pixels }: GrayImage): Keypoint[] {
  const { keypoints, descriptors } = extractKeypoints({ rows: 1, width, height, pixels });
  return Array.from({ length: descriptors.length / 128 }, (_, i) => {
    const [x = NaN, y = NaN, scale = NaN, orientation = NaN, response = NaN] = keypoints.subarray(5 * i, 5 * i + 5);
    return { x, y, scale, orientation, response, descriptor: descriptors.slice(128 * i, 128 * (i + 1)) };
  });
}

function digit(row: number): GrayImage {
  return { width: 28, height: 28, pixels: digits.pixels.slice(row * 784, (row + 1) * 784) };
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] ?? NaN) * (b[i] ?? NaN);
    aa += (a[i] ?? NaN) ** 2;
    bb += (b[i] ?? NaN) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

/** How far apart two directions are, in [0, pi]. */
function between(a: number, b: number): number {
  return Math.abs(((a - b + 3 * Math.PI) % (2 * Math.PI)) - Math.PI);
}

/** Each of `expected` is there in `found`, at its place, with its scale, orientation and descriptor, and no other is. */
function assertSame(found: readonly Keypoint[], expected: readonly Keypoint[], what: string): void {
  assert.equal(found.length, expected.length, what);
  for (const one of expected) {
    const twin = found.find((other) => Math.hypot(other.x - one.x, other.y - one.y) < 1e-3 && Math.abs(other.scale - one.scale) < 1e-3 && between(other.orientation, one.orientation) < 1e-3);
    assert.ok(twin, `${what}: none at ${one.x}, ${one.y} with scale ${one.scale} and orientation ${one.orientation}`);
    assert.ok(Math.abs(twin.response - one.response) < 1e-5);
    assert.ok(cosine(twin.descriptor, one.descriptor) > 0.9999, `${what}: another descriptor at ${one.x}, ${one.y}`);
  }
}

describe('keypoints', () => {
  it('lie where OpenCV\'s SIFT finds them, with its scales, orientations and descriptors', () => {
    const golden = decodeNpz(readFileSync(GOLDEN)).arrays;
    const [places, theirs, starts] = [golden['keypoints']?.data as Float32Array, golden['descriptors']?.data as Uint8Array, golden['offsets']?.data as Int32Array];
    const { keypoints, descriptors, offsets } = extractKeypoints(digits);
    let [matched, alike] = [0, 0];
    for (let row = 0; row < ROWS; row++) {
      for (let i = offsets[row] ?? 0; i < (offsets[row + 1] ?? 0); i++) {
        const [x = NaN, y = NaN, scale = NaN, orientation = NaN] = keypoints.subarray(5 * i, 5 * i + 4);
        let [near, same] = [false, false];
        for (let j = starts[row] ?? 0; j < (starts[row + 1] ?? 0); j++) {
          const [u = NaN, v = NaN, size = NaN, angle = NaN] = places.subarray(5 * j, 5 * j + 4);
          if (Math.hypot(x - u, y - v) > 0.25 || Math.abs(Math.log(scale / size)) > 0.1) continue;
          near = true;
          same ||= between(orientation, angle) < 0.1 && cosine(descriptors.subarray(128 * i, 128 * (i + 1)), theirs.subarray(128 * j, 128 * (j + 1))) > 0.95;
        }
        if (near) matched++;
        if (same) alike++;
      }
    }
    const total = offsets[ROWS] ?? 0;
    assert.ok(Math.abs(total - places.length / 5) < 0.1 * total, `${total}, OpenCV ${places.length / 5}`);
    assert.ok(matched > 0.93 * total, `${matched} of ${total} are at the place and scale of one of OpenCV's`);
    assert.ok(alike > 0.8 * total, `${alike} of ${total} are described alike`);
  });

  it('turn with the image by 90 degrees, and their descriptors do not change', () => {
    for (let row = 0; row < 16; row++) {
      const expected = keypointsOf(digit(row)).map((one) => ({ ...one, x: 27 - one.y, y: one.x, orientation: (one.orientation + Math.PI / 2) % (2 * Math.PI) }));
      assertSame(keypointsOf(turned(digit(row))), expected, `digit ${row}`);
    }
  });

  it('move with the ink', () => {
    const picture = (shift: number): GrayImage => drawn((x, y) => Math.round(255 * Math.exp(-(((x - 24 - shift) / 2) ** 2) - ((y - 24 - shift) / 4) ** 2)), 56);
    const [here, there] = [keypointsOf(picture(0)), keypointsOf(picture(8))]; // a whole number of samples in every octave
    assert.ok(here.length > 0);
    assertSame(there, here.map((one) => ({ ...one, x: one.x + 8, y: one.y + 8 })), 'a blob');
  });

  it('of a round blob lie in its middle, at its own scale', () => {
    for (const sigma of [1.6, 2.7]) {
      const [strongest] = keypointsOf(drawn((x, y) => Math.round(250 * Math.exp(-((x - 13.2) ** 2 + (y - 14.3) ** 2) / (2 * sigma ** 2))))).sort((a, b) => b.response - a.response);
      assert.ok(strongest);
      assert.ok(Math.hypot(strongest.x - 13.2, strongest.y - 14.3) < 0.1, `${strongest.x}, ${strongest.y}`);
      // strongest where the geometric mean of the two blurs is the blob's own, less the 0.5 that every picture is taken to have
      assert.ok(Math.abs(strongest.scale * 2 ** (1 / 6) - Math.sqrt(sigma ** 2 - 0.25)) < 0.1, `scale ${strongest.scale}, sigma ${sigma}`);
    }
  });

  it('have descriptors of unit length that brightness hardly changes', () => {
    const dim = (image: GrayImage): GrayImage => ({ ...image, pixels: image.pixels.map((value) => 20 + Math.round(value * 0.75)) });
    let [found, total] = [0, 0];
    for (let row = 0; row < 8; row++) {
      const bright = keypointsOf(digit(row));
      for (const one of keypointsOf(dim(digit(row)))) {
        assert.ok(Math.abs(Math.hypot(...one.descriptor) - 1) < 1e-5);
        assert.ok(one.descriptor.every((value) => value >= 0 && value < 0.5));
        if (bright.some((other) => Math.hypot(other.x - one.x, other.y - one.y) < 0.2 && cosine(other.descriptor, one.descriptor) > 0.99)) found++;
        total++;
      }
    }
    assert.ok(total > 20 && found > 0.9 * total, `${found} of ${total} are in the brighter image too`); // its bytes are rounded otherwise
  });

  it('are counted image by image, whatever the other images are; a blank one has none', () => {
    const pixels = Uint8Array.of(...digit(3).pixels, ...new Uint8Array(784), ...digit(5).pixels);
    const { keypoints, descriptors, offsets } = extractKeypoints({ rows: 3, width: 28, height: 28, pixels });
    const [three, five] = [keypointsOf(digit(3)), keypointsOf(digit(5))];
    assert.deepEqual([...offsets], [0, three.length, three.length, three.length + five.length]);
    assert.deepEqual(descriptors.slice(-128), five.at(-1)?.descriptor);
    assert.equal(keypoints.length, 5 * (three.length + five.length));
  });

  it('are found in images of any size, and none in one of a single pixel', () => {
    const wide = keypointsOf({ width: 41, height: 30, pixels: Uint8Array.from({ length: 1230 }, (_, i) => ((i % 41) - 20) ** 2 + (Math.floor(i / 41) - 15) ** 2 < 16 ? 255 : 0) });
    assert.ok(wide.some(({ x, y }) => Math.hypot(x - 20, y - 15) < 0.5));
    assert.deepEqual(keypointsOf({ width: 1, height: 1, pixels: Uint8Array.of(9) }), []);
  });
});
