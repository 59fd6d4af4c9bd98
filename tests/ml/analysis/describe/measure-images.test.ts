import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { joinSums, measureImages, type MeasureValues } from '../../../../ml/analysis/describe/measure-images.js';
import { describeGroup } from '../../../../ml/analysis/describe/describe-group.js';
import { encodePixels, meanImage, varianceImage } from '../../../../ml/analysis/describe/mean-images.js';
import { decodeNpz } from '../../../../ml/data/npz.js';
import type { GrayImage } from '../../../../ml/features/family.js';
import type { MeasureName } from '../../../../shared/analysis/data-description.js';
import { digit, mnistSubset } from '../../../support/digits.js';
import { drawn, turned } from '../../../support/picture.js';

const GOLDEN = new URL('../../../../../tests/support/golden/describe.npz', import.meta.url);

function measured({ width, height, pixels }: GrayImage): Readonly<Record<MeasureName, number>> {
  const { values } = measureImages({ pixels: { rows: 1, columns: width * height, data: pixels }, width, height }, undefined, 1);
  return Object.fromEntries(Object.entries(values).map(([name, [value]]) => [name, value])) as Record<MeasureName, number>;
}

function near(got: number | undefined, expected: number, message = '', tolerance = 1e-6): void {
  assert.ok(got !== undefined && Math.abs(got - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${message}: got ${got}, expected ${expected}`);
}

describe('measureImages', () => {
  const { arrays } = decodeNpz(new Uint8Array(readFileSync(GOLDEN)));
  const images = { pixels: mnistSubset({ split: 'test', from: 0, to: 64 }).x, width: 28, height: 28 };

  it('agrees with numpy and scipy on 64 images of MNIST', () => {
    const { values, groups } = measureImages(images, undefined, 1);
    const names: readonly (keyof MeasureValues)[] = [
      'brightness', 'contrast', 'median', 'sparsity', 'ink', 'edges', 'entropy', 'skewness', 'kurtosis', 'strokeWidth', 'sharpness', 'centreX', 'centreY', 'largestPart',
    ];
    for (const name of names) values[name].forEach((value, row) => near(value, Number(arrays[name]?.data[row]), `${name} of image ${row}`));
    const { intensity } = describeGroup(joinSums(groups), values, 64);
    [intensity.mean, intensity.sd, intensity.skewness, intensity.kurtosis, intensity.entropy].forEach((value, i) => near(value, Number(arrays['pooled']?.data[i]), `pooled ${i}`, 1e-5));
  });

  it('agrees with numpy on the mean and variance of each pixel', () => {
    const { groups: [group] } = measureImages(images, undefined, 1);
    assert.ok(group);
    meanImage(group).forEach((value, i) => near(value, Number(arrays['mean_image']?.data[i]), `mean of pixel ${i}`));
    varianceImage(group).forEach((value, i) => near(value, Number(arrays['variance_image']?.data[i]), `variance of pixel ${i}`));
  });

  it('sums up each group as if it came alone', () => {
    const groupOf = Uint8Array.from({ length: 64 }, (_, row) => row % 3);
    const { groups } = measureImages(images, groupOf, 3);
    const rows = [...groupOf.keys()].filter((row) => groupOf[row] === 1);
    const data = Uint8Array.from(rows.flatMap((row) => [...images.pixels.data.subarray(row * 784, (row + 1) * 784)]));
    assert.deepEqual(groups[1], measureImages({ ...images, pixels: { rows: rows.length, columns: 784, data } }, undefined, 1).groups[0]);
    assert.deepEqual(joinSums(groups), measureImages(images, undefined, 1).groups[0]);
  });

  it('finds the place, the box and the edges of a drawn block', () => {
    const found = measured(drawn((x, y) => (x >= 10 && x < 14 && y >= 4 && y < 20 ? 255 : 0)));
    assert.deepEqual([found.boxWidth, found.boxHeight, found.frameInk, found.largestPart, found.strayLight], [4, 16, 0, 1, 0]);
    near(found.centreX, -2, 'centreX');
    near(found.centreY, -2, 'centreY');
    near(found.spread, Math.sqrt((4 ** 2 - 1) / 12 + (16 ** 2 - 1) / 12), 'spread');
    near(found.brightness, 64 / 784, 'brightness');
    near(found.inkGap, 1, 'ink gap');
    near(found.edges, (44 + 36) / 784, 'edges'); // the rings of pixels just outside and just inside the outline
  });

  it('gives a long stroke its width, whichever way it runs, and a clean step the sharpness one half', () => {
    for (const width of [2, 3, 5]) {
      const stroke = drawn((x) => (x >= 10 && x < 10 + width ? 255 : 0));
      for (const image of [stroke, turned(stroke)]) near(measured(image).strokeWidth, width, `stroke of ${width}`);
      near(measured(stroke).sharpness, 0.5, 'sharpness');
    }
    const slanted = drawn((x, y) => 255 * Math.min(1, Math.max(0, 2.5 - Math.abs(x - y) / Math.SQRT2)));
    near(measured(slanted).strokeWidth, 4, 'slanted stroke', 0.1);
  });

  it('counts ink on the frame, parts, and light away from the ink', () => {
    const found = measured(digit(`
      # . . . . .
      # . . . . .
      # . . . 1 .
      # . . . . .
      . . . . . .
      . # # . . .`));
    assert.equal(found.frameInk, 6); // four on the left, two below
    near(found.largestPart, 4 / 6, 'largest part');
    near(found.strayLight, 26 / 255 / 6, 'stray light');
  });

  it('gives a flat image numbers, not NaN', () => {
    for (const level of [0, 128]) {
      const found = measured(drawn(() => level));
      for (const [name, value] of Object.entries(found)) assert.ok(Number.isFinite(value), `${name} is ${value}`);
      assert.deepEqual([found.skewness, found.kurtosis, found.entropy, found.edges, found.inkGap], [0, 0, 0, 0, 0]);
    }
  });

  it('encodes a picture as bytes', () => {
    assert.deepEqual([...Buffer.from(encodePixels(Float32Array.of(0, 0.125, 0.25), 0.25), 'base64')], [0, 128, 255]);
  });
});
