import assert from 'node:assert/strict';
import { createRandom } from '../../../ml/random.js';
import { fillBatch, fillDropoutMask } from '../../../ml/training/fill-batch.js';
import type { Batch, BatchOptions } from '../../../ml/training/fill-batch.js';

const OPTIONS: BatchOptions = { side: 4, classes: 3, maxShift: 0, labelSmoothing: 0 };
const data = Uint8Array.from({ length: 3 * 16 }, (_, i) => i + 1);
const rows = { x: { rows: 3, columns: 16, data }, labels: Uint8Array.of(2, 0, 1) };

function filled(options: BatchOptions, from = 0, order = [2, 0, 1], seed = 1): Batch {
  const batch = { images: new Float32Array(2 * 16).fill(9), targets: new Float32Array(6).fill(9) };
  fillBatch(batch, rows, Uint32Array.from(order), from, createRandom(seed), options);
  return batch;
}

describe('fillBatch', () => {
  it('takes the rows that the order names, scaled to [0, 1]', () => {
    const { images, targets } = filled(OPTIONS, 1);
    assert.deepEqual(images, Float32Array.from([...data.subarray(0, 16), ...data.subarray(16, 32)], (value) => value * (1 / 255)));
    assert.deepEqual([...targets], [0, 0, 1, 1, 0, 0]);
  });

  it('spreads a smoothed label over all classes', () => {
    const { targets } = filled({ ...OPTIONS, labelSmoothing: 0.3 });
    [0.1, 0.8, 0.1, 0.1, 0.1, 0.8].forEach((value, i) => assert.ok(Math.abs((targets[i] ?? 0) - value) < 1e-6));
  });

  it('moves each image as a whole by at most maxShift and fills with zeros', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 200; seed++) {
      const { images } = filled({ ...OPTIONS, maxShift: 1 }, 1, [2, 0, 1], seed);
      const moves = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => ({ down, right })));
      const move = moves.find(({ down, right }) => images.subarray(0, 16).every((value, i) => {
        const [y, x] = [Math.floor(i / 4) - down, (i % 4) - right];
        const expected = y < 0 || y > 3 || x < 0 || x > 3 ? 0 : (data[y * 4 + x] ?? 0) * (1 / 255);
        return Math.abs(value - expected) < 1e-7;
      }));
      assert.ok(move, `no move explains ${images.subarray(0, 16).join(' ')}`);
      seen.add(`${move.down},${move.right}`);
    }
    assert.equal(seen.size, 9);
  });

  it('gives the same batch for the same seed', () => {
    const shifted = { ...OPTIONS, maxShift: 2 };
    assert.deepEqual(filled(shifted, 0, [0, 1, 2], 5), filled(shifted, 0, [0, 1, 2], 5));
    assert.notDeepEqual(filled(shifted, 0, [0, 1, 2], 5), filled(shifted, 0, [0, 1, 2], 6));
  });
});

describe('fillDropoutMask', () => {
  it('drops about its rate and keeps the mean', () => {
    const mask = new Float32Array(20_000);
    fillDropoutMask(mask, 0.25, createRandom(3));
    const dropped = mask.filter((value) => value === 0).length;
    assert.ok(Math.abs(dropped / mask.length - 0.25) < 0.01);
    assert.ok(mask.every((value) => value === 0 || Math.abs(value - 4 / 3) < 1e-6));
  });

  it('drops nothing at a rate of 0', () => {
    const mask = new Float32Array(100);
    fillDropoutMask(mask, 0, createRandom(3));
    assert.ok(mask.every((value) => value === 1));
  });
});
