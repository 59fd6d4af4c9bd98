import assert from 'node:assert/strict';
import { augmentRows } from '../../../ml/augment/augment-rows.js';
import { parsePipelineDocument } from '../../../ml/augment/pipeline-document.js';
import { asFloats } from '../../../ml/models/as-floats.js';
import { deriveSeed } from '../../../ml/random.js';
import { createBatchMaker } from '../../../ml/training/batch-maker.js';
import { batchBytes, batchOn } from '../../../ml/training/batch-memory.js';
import type { TrainingBatch } from '../../../ml/training/batch-memory.js';
import type { BatchPlan } from '../../../ml/training/batch-plan.js';
import { dataOrder, STREAMS } from '../../../ml/training/data-order.js';
import { inlineBatches } from '../../../ml/training/inline-batches.js';
import { toyDigits } from '../../support/digits.js';

const train = toyDigits({ rows: 30, seed: 4 });
const PIPELINE = parsePipelineDocument({ version: 1, steps: [{ kind: 'rotation' }, { kind: 'elastic' }, { kind: 'noise' }] });
const PLAN: BatchPlan = {
  seed: 9, batchSize: 10, stepsPerEpoch: 3, side: 28, classes: 10, labelSmoothing: 0.1, maxShift: 2, pipeline: PIPELINE,
  dropouts: [{ rate: 0.5, width: 40 }, { rate: 0.25, width: 3 }],
};

function batchOf(step: number, plan = PLAN, rows: Parameters<typeof createBatchMaker>[0] = train): TrainingBatch {
  const batch = batchOn(new ArrayBuffer(batchBytes(plan)), plan);
  createBatchMaker(rows, plan)(step, batch);
  return batch;
}

describe('a batch', () => {
  it('holds what the pipeline makes of each row in that epoch, scaled to [0, 1], and its smoothed label', () => {
    const [epoch, step] = [2, 2 * 3 + 1];
    const order = dataOrder(9, epoch, 30).subarray(10, 20);
    const { images, targets } = batchOf(step);
    const all = augmentRows(train.x, PIPELINE, deriveSeed(9, STREAMS.augmentation), { copies: 3 });
    order.forEach((row, i) => {
      const copy = all.data.subarray((row * 3 + epoch) * 784, (row * 3 + epoch + 1) * 784);
      assert.deepEqual(images.subarray(i * 784, (i + 1) * 784), Float32Array.from(copy, (value) => value * (1 / 255)));
      assert.ok(Math.abs((targets[i * 10 + (train.labels[row] ?? 0)] ?? 0) - 0.91) < 1e-6);
    });
  });

  it('holds the same images in another order of the rows and in batches of another size', () => {
    const wide = batchOf(1, { ...PLAN, batchSize: 30, stepsPerEpoch: 1 }).images;
    const order = [...dataOrder(9, 1, 30)];
    const narrow = batchOf(1 * 3 + 2).images;
    order.slice(20).forEach((row, i) => {
      const at = order.indexOf(row);
      assert.deepEqual(narrow.subarray(i * 784, (i + 1) * 784), wide.subarray(at * 784, (at + 1) * 784));
    });
  });

  it('does not depend on which batches were made before', () => {
    const maker = createBatchMaker(train, PLAN);
    const batch = batchOn(new ArrayBuffer(batchBytes(PLAN)), PLAN);
    for (const step of [8, 0, 4, 5, 4]) maker(step, batch);
    assert.deepEqual(batch, batchOf(4));
  });

  it('differs from epoch to epoch and from seed to seed', () => {
    const one = { x: { ...train.x, rows: 1, data: train.x.data.slice(0, 784) }, labels: train.labels.slice(0, 1) };
    const plan = { ...PLAN, batchSize: 1, stepsPerEpoch: 1 };
    const first = batchOf(0, plan, one).images;
    assert.notDeepEqual(batchOf(1, plan, one).images, first);
    assert.notDeepEqual(batchOf(0, { ...plan, seed: 10 }, one).images, first);
    assert.notDeepEqual(batchOf(1, plan, one).masks, batchOf(0, plan, one).masks);
  });

  it('is the same from images given as floats', () => {
    assert.deepEqual(batchOf(4, PLAN, { x: asFloats(train.x), labels: train.labels }), batchOf(4));
  });

  it('is mixed from its own images where the plan says so, and has the masks that it had', () => {
    for (const kind of ['mixup', 'cutmix'] as const) {
      const plain = batchOf(4);
      const mixed = batchOf(4, { ...PLAN, [kind]: 1 });
      assert.deepEqual(mixed.masks, plain.masks);
      assert.notDeepEqual(mixed.images, plain.images);
      const sumOf = ({ images, targets }: TrainingBatch, row: number): number => [...images.subarray(row * 784, (row + 1) * 784), ...targets.subarray(row * 10, (row + 1) * 10)].reduce((sum, value) => sum + value, 0);
      for (let row = 0; row < 5; row++) {
        const [both, expected] = [mixed, plain].map((batch) => sumOf(batch, row) + sumOf(batch, 9 - row));
        assert.ok(Math.abs((both ?? 0) - (expected ?? 9)) < 1e-2, `${kind}: ${both} against ${expected}`);
      }
    }
  });

  it('is mixed in another way at every step and for every seed', () => {
    const two = { x: { ...train.x, rows: 2, data: train.x.data.slice(0, 2 * 784) }, labels: Uint8Array.of(0, 1) };
    const plan = { ...PLAN, pipeline: null, labelSmoothing: 0, mixup: 1, batchSize: 2, stepsPerEpoch: 1 };
    const weightsOf = (step: number, seed = 9): number[] => [...batchOf(step, { ...plan, seed }, two).targets].sort();
    assert.deepEqual(weightsOf(1), weightsOf(1));
    assert.notDeepEqual(weightsOf(1), weightsOf(0));
    assert.notDeepEqual(weightsOf(1), weightsOf(1, 10));
  });

  it('is what it always was where nothing is mixed', () => {
    assert.deepEqual(batchOf(4, { ...PLAN, mixup: 0, cutmix: 0 }), batchOf(4));
  });

  it('lies in one piece of memory without a gap', () => {
    const { images, targets, masks } = batchOn(new SharedArrayBuffer(batchBytes(PLAN)), PLAN);
    const arrays = [images, targets, ...masks];
    assert.deepEqual(arrays.map(({ length }) => length), [7840, 100, 400, 30]);
    arrays.forEach(({ byteOffset }, i) => assert.equal(byteOffset, arrays.slice(0, i).reduce((sum, { byteLength }) => sum + byteLength, 0)));
    assert.equal(batchBytes(PLAN), 4 * 8370);
  });

  it('comes from the source in line as the maker makes it', async () => {
    const source = inlineBatches(train, PLAN, 9);
    assert.deepEqual(await source.next(7), batchOf(7));
    await source.close();
  });
});
