import assert from 'node:assert/strict';
import { createRandom } from '../../../ml/random.js';
import type { Batch } from '../../../ml/training/fill-batch.js';
import { mixBatch } from '../../../ml/training/mix-batch.js';
import type { MixOptions } from '../../../ml/training/mix-batch.js';

const SIDE = 6;
const AREA = SIDE * SIDE;
const CLASSES = 5;
const OFF: MixOptions = { side: SIDE, classes: CLASSES, mixup: 0, cutmix: 0 };

/** Image i is i + 1 everywhere and of class i. */
function plainBatch(size = CLASSES): Batch {
  const images = Float32Array.from({ length: size * AREA }, (_, at) => Math.floor(at / AREA) + 1);
  const targets = Float32Array.from({ length: size * CLASSES }, (_, at) => (at % CLASSES === Math.floor(at / CLASSES) ? 1 : 0));
  return { images, targets };
}

function mixed(options: Partial<MixOptions>, seed: number, size = CLASSES): Batch {
  const batch = plainBatch(size);
  mixBatch(batch, { ...OFF, ...options }, createRandom(seed));
  return batch;
}

const imageOf = ({ images }: Batch, row: number): number[] => [...images.subarray(row * AREA, (row + 1) * AREA)];
const targetOf = ({ targets }: Batch, row: number): number[] => [...targets.subarray(row * CLASSES, (row + 1) * CLASSES)];
const near = (value: number | undefined, expected: number): void => assert.ok(Math.abs((value ?? NaN) - expected) < 1e-5, `${value} against ${expected}`);
const SEEDS = Array.from({ length: 200 }, (_, seed) => seed);

describe('a mixed batch', () => {
  for (const options of [{ mixup: 0.4 }, { cutmix: 1 }, { mixup: 0.2, cutmix: 1 }]) {
    const name = JSON.stringify(options);

    it(`has targets that are no less than 0 and sum to 1: ${name}`, () => {
      for (const seed of SEEDS) {
        const batch = mixed(options, seed);
        for (let row = 0; row < CLASSES; row++) {
          near(targetOf(batch, row).reduce((sum, value) => sum + value, 0), 1);
          assert.ok(targetOf(batch, row).every((value) => value >= 0));
        }
      }
    });

    it(`has in every image as much of each of its two as its target says: ${name}`, () => {
      for (const seed of SEEDS) {
        const batch = mixed(options, seed);
        [0, 1, 3, 4].forEach((row) => {
          const other = CLASSES - 1 - row;
          const share = targetOf(batch, row)[row] ?? NaN;
          near(targetOf(batch, row)[other], 1 - share);
          near(imageOf(batch, row).reduce((sum, value) => sum + value, 0) / AREA, share * (row + 1) + (1 - share) * (other + 1));
        });
      }
    });

    it(`leaves an image without a partner as it is: ${name}`, () => {
      const batch = mixed(options, 3);
      assert.deepEqual(imageOf(batch, 2), imageOf(plainBatch(), 2));
      assert.deepEqual(targetOf(batch, 2), targetOf(plainBatch(), 2));
      assert.deepEqual(mixed(options, 3, 1), plainBatch(1));
    });

    it(`follows from the seed: ${name}`, () => {
      assert.deepEqual(mixed(options, 5), mixed(options, 5));
      assert.notDeepEqual(mixed(options, 5), mixed(options, 6));
    });
  }

  it('by mixup is a weighted mean, of its own weight for each pair', () => {
    const batch = mixed({ mixup: 1 }, 1);
    for (const row of [0, 1]) imageOf(batch, row).forEach((value) => near(value, imageOf(batch, row)[0] ?? NaN));
    assert.notEqual(targetOf(batch, 0)[0], targetOf(batch, 1)[1]);
  });

  it('by mixup gives the images half of their weight on average', () => {
    const shares = SEEDS.flatMap((seed) => [0, 1].map((row) => targetOf(mixed({ mixup: 0.5 }, seed), row)[row] ?? NaN));
    near(Math.round((10 * shares.reduce((sum, share) => sum + share, 0)) / shares.length), 5);
  });

  it('by CutMix holds a box of its partner and nothing else', () => {
    const sizes = new Set<number>();
    const centres: number[] = [];
    for (const seed of SEEDS) {
      const image = imageOf(mixed({ cutmix: 1 }, seed), 0);
      assert.ok(image.every((value) => value === 1 || value === CLASSES));
      const places = image.flatMap((value, at) => (value === CLASSES ? [[at % SIDE, Math.floor(at / SIDE)] as const] : []));
      const [width, height] = [0, 1].map((axis) => new Set(places.map((place) => place[axis])).size);
      assert.equal(places.length, (width ?? 0) * (height ?? 0));
      sizes.add(places.length);
      if (width === 1 && height === 1) centres.push(...places.flat());
    }
    assert.ok(sizes.size > 5, [...sizes].join(' '));
    assert.deepEqual([...new Set(centres)].sort(), [0, 1, 2, 3, 4, 5]);
  });

  it('is made by one kind throughout, by either in about half of the batches', () => {
    const byCutMix = SEEDS.filter((seed) => imageOf(mixed({ mixup: 1, cutmix: 1 }, seed), 0).every(Number.isInteger)).length;
    assert.ok(byCutMix > 75 && byCutMix < 125, `${byCutMix} of 200`);
  });
});
