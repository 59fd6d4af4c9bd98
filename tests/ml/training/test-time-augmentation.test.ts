import assert from 'node:assert/strict';
import type { Matrix } from '../../../ml/matrix.js';
import { averagedOverShifts, offsetsOf } from '../../../ml/training/test-time-augmentation.js';
import type { Offset, PredictImages } from '../../../ml/training/test-time-augmentation.js';
import { InvalidConfigError } from '../../../shared/errors.js';

const SIDE = 4;
const AREA = SIDE * SIDE;
const images: Matrix<Uint8Array> = { rows: 2, columns: AREA, data: Uint8Array.from({ length: 2 * AREA }, (_, i) => i + 1) };

/** "Probabilities" that are the pixels, so that one sees what was predicted. */
function spy(): { predict: PredictImages; seen: Matrix[] } {
  const seen: Matrix[] = [];
  const predict: PredictImages = async (x) => {
    seen.push(x);
    return { rows: x.rows, columns: x.columns, data: Float32Array.from(x.data) };
  };
  return { predict, seen };
}

/** A pixel of the image moved by an offset. */
function movedPixel(row: number, [right, down]: Offset, at: number): number {
  const [x, y] = [(at % SIDE) - right, Math.floor(at / SIDE) - down];
  return x < 0 || x >= SIDE || y < 0 || y >= SIDE ? 0 : (images.data[row * AREA + y * SIDE + x] ?? NaN);
}

describe('test-time augmentation', () => {
  for (const count of [1, 5, 9]) {
    it(`predicts every image at ${count} different places, each within a pixel, and gives the mean`, async () => {
      const offsets = offsetsOf(count);
      assert.equal(new Set(offsets.map(String)).size, count);
      assert.ok(offsets.flat().every((pixels) => Math.abs(pixels) <= 1));
      const { predict, seen } = spy();
      const mean = await averagedOverShifts(predict, offsets)(images);
      offsets.forEach((offset, i) => seen[i]?.data.forEach((value, at) => assert.equal(value, movedPixel(Math.floor(at / AREA), offset, at % AREA), `${offset} ${at}`)));
      mean.data.forEach((value, at) => {
        const expected = offsets.reduce((sum, offset) => sum + movedPixel(Math.floor(at / AREA), offset, at % AREA), 0) / count;
        assert.ok(Math.abs(value - expected) < 1e-5, `${at}: ${value} against ${expected}`);
      });
    });
  }

  it('is the prediction itself, to the bit, where the image is predicted at its place only', async () => {
    const proba = { rows: 1, columns: 3, data: Float32Array.of(0.1, 0.7, 0.2) };
    assert.deepEqual(await averagedOverShifts(async () => proba, offsetsOf(1))(images), proba);
  });

  it('gives probabilities that sum to 1, and leaves those of the model as they were', async () => {
    const proba = { rows: 2, columns: 2, data: Float32Array.of(0.25, 0.75, 1, 0) };
    const { data } = await averagedOverShifts(async () => proba, offsetsOf(9))(images);
    assert.ok(Math.abs((data[0] ?? 0) + (data[1] ?? 0) - 1) < 1e-6 && Math.abs((data[2] ?? 0) + (data[3] ?? 0) - 1) < 1e-6);
    assert.deepEqual(proba.data, Float32Array.of(0.25, 0.75, 1, 0));
  });

  it('moves images given as floats as it moves pixels, by several pixels too', async () => {
    const floats = { ...images, data: Float32Array.from(images.data) };
    const offsets: Offset[] = [[2, -1], [-3, 3]];
    const [fromPixels, fromFloats] = await Promise.all([images, floats].map((x) => averagedOverShifts(spy().predict, offsets)(x)));
    assert.deepEqual(fromFloats, fromPixels);
    assert.equal(fromPixels?.data[3], (movedPixel(0, [2, -1], 3) + movedPixel(0, [-3, 3], 3)) / 2);
  });

  it('refuses a number of places that there is no list for', async () => {
    assert.throws(() => offsetsOf(3), (error) => error instanceof InvalidConfigError && /at 3 places: expected one of 1, 5, 9/.test(error.message));
    await assert.rejects(averagedOverShifts(spy().predict, [])(images), InvalidConfigError);
  });
});
