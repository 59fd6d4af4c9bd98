import { createAugmenter } from '../augment/augmenter.js';
import type { LabelledMatrix } from '../matrix.js';
import { createRandom, deriveSeed } from '../random.js';
import type { Random } from '../random.js';
import type { TrainingBatch } from './batch-memory.js';
import type { BatchPlan } from './batch-plan.js';
import { dataOrder, STREAMS } from './data-order.js';
import { fillBatch, fillDropoutMask } from './fill-batch.js';
import { mixBatch } from './mix-batch.js';
import { mixInTeacher } from './training-rows.js';
import type { TrainingRows } from './training-rows.js';

/** Fills a batch with what a step (0-based) trains on. */
export type BatchMaker = (step: number, batch: TrainingBatch) => void;

/**
 * Makes a plan's batches: rows in the epoch's order, augmented, scaled to [0, 1], with one-hot targets, mixed where the
 * plan says so, and dropout masks. What is drawn for an image by a pipeline depends on the seed, the epoch and its row;
 * shifts, mixtures and masks on the seed and the step. Images given as floats are rounded to the 256 greys before a
 * pipeline changes them.
 */
export function createBatchMaker(train: TrainingRows, plan: BatchPlan): BatchMaker {
  const { seed, stepsPerEpoch, batchSize, dropouts, side, classes, mixup = 0, cutmix = 0 } = plan;
  const fill = plan.pipeline === null ? shifted(train, plan) : augmented(train, { ...plan, pipeline: plan.pipeline });
  let order: Uint32Array = new Uint32Array(0);
  let orderOf = -1;
  return (step, batch) => {
    const epoch = Math.floor(step / stepsPerEpoch);
    if (epoch !== orderOf) order = dataOrder(seed, epoch, train.x.rows);
    orderOf = epoch;
    const random = createRandom(deriveSeed(seed, STREAMS.batch, step));
    const from = (step % stepsPerEpoch) * batchSize;
    fill(batch, order, from, epoch, random);
    if (train.soft) mixInTeacher(batch.targets, order, from, train.soft);
    if (mixup > 0 || cutmix > 0) mixBatch(batch, { side, classes, mixup, cutmix }, createRandom(deriveSeed(seed, STREAMS.mix, step)));
    batch.masks.forEach((mask, index) => fillDropoutMask(mask, dropouts[index].rate, random));
  };
}

type Fill = (batch: TrainingBatch, order: Uint32Array, from: number, epoch: number, random: Random) => void;

function shifted(train: LabelledMatrix, plan: BatchPlan): Fill {
  return (batch, order, from, _epoch, random) => fillBatch(batch, train, order, from, random, plan);
}

function augmented({ x, labels }: LabelledMatrix, { seed, side, batchSize, pipeline, ...plan }: BatchPlan & { readonly pipeline: NonNullable<BatchPlan['pipeline']> }): Fill {
  const area = side * side;
  const pixels = x.data instanceof Uint8Array ? x.data : Uint8Array.from(x.data, (value) => Math.round(value * 255));
  const augment = createAugmenter(pipeline, deriveSeed(seed, STREAMS.augmentation), side);
  const changed = { x: { rows: batchSize, columns: area, data: new Uint8Array(batchSize * area) }, labels: new Uint8Array(batchSize) };
  const inOrder = Uint32Array.from({ length: batchSize }, (_, i) => i);
  return (batch, order, from, epoch, random) => {
    for (let i = 0; i < batchSize; i++) {
      const row = order[from + i];
      augment(pixels, row * area, row, epoch, changed.x.data, i * area);
      changed.labels[i] = labels[row];
    }
    fillBatch(batch, changed, inOrder, 0, random, { side, classes: plan.classes, labelSmoothing: plan.labelSmoothing, maxShift: 0 });
  };
}
