import assert from 'node:assert/strict';
import { measureImages } from '../../../../ml/analysis/describe/measure-images.js';
import { qualityReference, scoreQuality } from '../../../../ml/analysis/quality/score-quality.js';
import { createRandom } from '../../../../ml/random.js';
import type { QualityPart } from '../../../../shared/analysis/data-description.js';
import { mnistSubset } from '../../../support/digits.js';

const ROWS = 300;
const { x } = mnistSubset({ split: 'train', from: 0, to: ROWS });
const valuesOf = (data: Uint8Array) => measureImages({ pixels: { rows: data.length / 784, columns: 784, data }, width: 28, height: 28 }, undefined, 1).values;
const reference = qualityReference(valuesOf(x.data), ROWS);
const qualityOf = (data: Uint8Array) => scoreQuality(valuesOf(data), reference, 28);

/** Each pixel from its place in its image. */
function changed(value: (image: Uint8Array, x: number, y: number) => number): Uint8Array {
  return Uint8Array.from(x.data, (_, i) => {
    const row = Math.floor(i / 784);
    return Math.max(0, Math.min(255, Math.round(value(x.data.subarray(row * 784, (row + 1) * 784), i % 28, Math.floor((i % 784) / 28)))));
  });
}

function shifted(by: number): Uint8Array {
  return changed((image, left, top) => (left >= by ? image[top * 28 + left - by] ?? 0 : 0));
}

function noised(deviation: number): Uint8Array {
  const random = createRandom(3);
  return changed((image, left, top) => (image[top * 28 + left] ?? 0) + 255 * deviation * random.normal());
}

function blurred(times: number): Uint8Array {
  let data = x.data;
  for (let i = 0; i < times; i++) {
    const before = data;
    data = Uint8Array.from(before, (_, at) => {
      let sum = 0;
      for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) sum += before[at + 28 * dy + dx] ?? 0;
      return sum / 9;
    });
  }
  return data;
}

/** Asserts that quality falls from one damage to the next for nearly every image (or another share), and the part on average. */
function falls(part: QualityPart, damages: readonly Uint8Array[], share = 0.97): void {
  const scores = damages.map((data) => qualityOf(data));
  for (let i = 1; i < scores.length; i++) {
    const [before, after] = [scores[i - 1], scores[i]];
    assert.ok(before && after);
    let fell = 0;
    for (let row = 0; row < ROWS; row++) if ((after.score[row] ?? 1) < (before.score[row] ?? 0)) fell++;
    assert.ok(fell >= share * ROWS, `${part}, damage ${i}: quality fell in ${fell} of ${ROWS}`);
    const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / ROWS;
    assert.ok(mean(after.parts[part]) < mean(before.parts[part]) - 0.01, `${part}, damage ${i}`);
  }
}

describe('scoreQuality', () => {
  it('lies in [0, 1] and is the product of its parts', () => {
    const { score, parts } = qualityOf(x.data);
    score.forEach((value, row) => {
      const product = Object.values(parts).reduce((sum, part) => sum * (part[row] ?? NaN), 1);
      assert.ok(value >= 0 && value <= 1 && Math.abs(value - product) < 1e-5, `row ${row}: ${value}, ${product}`);
    });
  });

  it('falls the further an image is moved out of the frame', () => {
    falls('centring', [x.data, shifted(3), shifted(6)]);
    falls('framing', [x.data, shifted(6), shifted(8)], 0.9);
  });

  it('falls with noise', () => falls('cleanness', [x.data, noised(0.05), noised(0.1), noised(0.2)]));
  it('falls with blur', () => falls('sharpness', [x.data, blurred(1), blurred(2), blurred(4)]));

  it('falls with pale ink', () => {
    falls('contrast', [x.data, ...[0.8, 0.5, 0.2].map((part) => changed((image, left, top) => part * (image[top * 28 + left] ?? 0)))]);
  });

  it('falls where strokes are broken', () => {
    const cut = (from: number, to: number): Uint8Array => changed((image, left, top) => (top >= from && top < to ? 0 : image[top * 28 + left] ?? 0));
    const [whole, broken] = [qualityOf(x.data), qualityOf(cut(13, 15))];
    let fell = 0;
    for (let row = 0; row < ROWS; row++) if ((broken.parts.wholeness[row] ?? 1) < (whole.parts.wholeness[row] ?? 0)) fell++;
    assert.ok(fell >= 0.95 * ROWS, `${fell}`);
  });

  it('halves the amount for half the least usual ink, and tells too much from enough', () => {
    const values = { ...valuesOf(x.data.slice(0, 3 * 784)), brightness: Float32Array.of(reference.leastBrightness / 2, reference.leastBrightness, reference.mostBrightness * 4) };
    assert.deepEqual([...scoreQuality(values, reference, 28).parts.amount].map((value) => value.toFixed(4)), ['0.5000', '1.0000', '0.2500']);
  });

  it('learns what is usual from the rows it is given and no others', () => {
    const spoilt = x.data.slice();
    spoilt.fill(255, 250 * 784);
    assert.deepEqual(qualityReference(valuesOf(spoilt), 250), qualityReference(valuesOf(x.data.slice(0, 250 * 784)), 250));
    assert.throws(() => qualityReference(valuesOf(x.data), 0), { name: 'InvalidDataError', message: /at least 1/ });
  });

  it('scores blank images without NaN', () => {
    const { score } = qualityOf(new Uint8Array(784));
    assert.deepEqual([...score], [0]);
    const blank = valuesOf(new Uint8Array(2 * 784));
    assert.ok(scoreQuality(blank, qualityReference(blank, 2), 28).score.every(Number.isFinite));
  });
});
