import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PREDICTION_BATCH } from '../../../ml/training/prediction-batch.js';
import type { Trainer } from '../../../ml/training/trainer.js';
import { trainInSegments } from '../../../ml/training/train-in-segments.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { DivergedError, InvalidModelError } from '../../../shared/errors.js';
import type { StepProgress } from '../../../shared/step.js';
import { QUIET, STEPS_PER_EPOCH, tinyRows, tinyTrainer } from './tiny-training.js';
import type { TinyTraining } from './tiny-training.js';

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

for (const engine of ['graph', 'eager'] as const) describe(`a trainer over the ${engine} engine`, function () {
  this.timeout(60_000);
  let trainer: Trainer;
  let straight: Uint8Array;

  /** Runs a training to its end in segments of so many steps. */
  async function run(segmentSteps: number, { from, ...over }: TinyTraining & { from?: Uint8Array } = {}): Promise<Uint8Array> {
    return trainInSegments(await tinyTrainer({ engine, ...over }), segmentSteps, { ...QUIET, ...(from && { checkpoint: from }) });
  }

  /** The state after the first steps. */
  async function stateAfter(steps: number): Promise<Uint8Array> {
    const trainer = await tinyTrainer({ engine });
    return trainer.runSegment(trainer.begin(), steps, QUIET);
  }

  before(async () => {
    trainer = await tinyTrainer({ engine });
    straight = await run(1_000);
  });

  it('runs the whole batches of each epoch', () => {
    assert.equal(trainer.totalSteps, 3 * STEPS_PER_EPOCH);
    const { step, history } = trainer.result(straight);
    assert.equal(step, 3 * STEPS_PER_EPOCH);
    assert.equal(history.trainingLoss.length, 3);
  });

  it('lowers the loss', () => {
    const { trainingLoss } = trainer.result(straight).history;
    assert.ok((trainingLoss[2] ?? 9) < (trainingLoss[0] ?? 0), trainingLoss.join(' '));
  });

  it('gives the same bits whatever the segments, within epochs too', async () => {
    assert.equal(digest(await run(5)), digest(straight));
    assert.equal(digest(await run(STEPS_PER_EPOCH)), digest(straight));
  });

  it('gives the same bits when another instance goes on from a checkpoint', async () => {
    const half = await stateAfter(8);
    assert.deepEqual(trainer.position(half), { step: 8, finished: false });
    assert.equal(digest(await run(4, { from: half })), digest(straight));
  });

  it('gives the same bits when another process goes on from a checkpoint', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'digitloom-resume-'));
    try {
      const [checkpoint, result] = [join(folder, 'checkpoint'), join(folder, 'result')];
      writeFileSync(checkpoint, await stateAfter(7));
      const self = fileURLToPath(new URL('./resume-training.js', import.meta.url));
      execFileSync(process.execPath, [self, engine, checkpoint, result], { stdio: ['ignore', 'ignore', 'inherit'] });
      assert.equal(digest(readFileSync(result)), digest(straight));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('follows from the seed', async () => {
    assert.notEqual(digest(await run(1_000, { seed: 6 })), digest(straight));
  });

  it('leaves no tensor behind', async () => {
    const { tf } = await loadTensorFlow();
    const state = await trainer.runSegment(trainer.begin(), 1, QUIET);
    const before = tf.memory().numTensors;
    await trainer.runSegment(state, 12, QUIET);
    assert.equal(tf.memory().numTensors, before);
  });

  it('keeps the weights of the best epoch', async () => {
    const { best, history } = trainer.result(straight);
    assert.equal(best.accuracy, Math.max(...history.validationAccuracy));
    assert.equal(history.validationAccuracy[best.epoch - 1], best.accuracy);
    const untilBest = trainer.result(await stateAfter(best.epoch * STEPS_PER_EPOCH));
    assert.deepEqual(best.weights, untilBest.engine['weights']);
  });

  it('keeps the last epoch where there are no validation rows', async () => {
    const { best, engine: { weights } } = trainer.result(await run(1_000, { validation: tinyRows(0, 0) }));
    assert.equal(best.epoch, 3);
    assert.deepEqual(best.weights, weights);
  });

  it('ends early when validation no longer improves', async () => {
    const state = await run(1_000, { schedule: { peak: 1e-12, warmUp: 0 }, epochs: 9, patience: 2 });
    assert.ok(trainer.position(state).finished);
    assert.ok(trainer.result(state).step < 9 * STEPS_PER_EPOCH);
  });

  it('says how far it is, and what the loss and the validation accuracy are', async () => {
    const heard: StepProgress[] = [];
    await trainInSegments(await tinyTrainer({ engine, epochs: 2 }), 4, { ...QUIET, progress: (update) => heard.push(update) });
    assert.deepEqual(heard.map(({ fraction }) => fraction), [...heard.map(({ fraction }) => fraction)].sort((a, b) => a - b));
    assert.equal(heard.at(-1)?.fraction, 1);
    assert.equal(heard[0]?.note, 'epoch 1/2');
    assert.equal(heard.at(-1)?.note, 'epoch 2/2');
    assert.deepEqual(Object.keys(heard.at(-1)?.metrics ?? {}).sort(), ['images', 'learningRate', 'loss', 'validationAccuracy']);
  });

  it('gives a sign of life after every batch of validation rows', async () => {
    let heard = 0;
    const rows = 2 * PREDICTION_BATCH + 1;
    const one = await tinyTrainer({ engine, epochs: 1, validation: { x: { rows, columns: 784, data: new Uint8Array(rows * 784) }, labels: new Uint8Array(rows) } });
    await one.runSegment(one.begin(), one.totalSteps, { ...QUIET, progress: () => (heard += 1) });
    let withoutValidation = 0;
    const other = await tinyTrainer({ engine, epochs: 1, validation: tinyRows(0, 0) });
    await other.runSegment(other.begin(), other.totalSteps, { ...QUIET, progress: () => (withoutValidation += 1) });
    assert.equal(heard - withoutValidation, 3);
  });

  it('throws DivergedError and keeps the last checkpoint when the loss is no longer finite', async () => {
    const kept: Uint8Array[] = [];
    const wild = await tinyTrainer({ engine, schedule: { peak: 1e30, warmUp: 0.9 } });
    const training = trainInSegments(wild, 1, { ...QUIET, saveCheckpoint: async (bytes) => void kept.push(bytes) });
    await assert.rejects(training, DivergedError);
    for (const bytes of kept) assert.ok(wild.result(bytes).engine['weights']?.every(Number.isFinite));
  });

  it('never returns a segment with a weight that is not finite', async () => {
    const wild = await tinyTrainer({ engine, schedule: { peak: 1e39, warmUp: 0 } });
    await assert.rejects(wild.runSegment(wild.begin(), 1, QUIET), DivergedError);
  });

  it('saves a checkpoint after every segment but the last', async () => {
    const steps: number[] = [];
    await trainInSegments(trainer, 5, { ...QUIET, saveCheckpoint: async (bytes) => void steps.push(trainer.position(bytes).step) });
    assert.deepEqual(steps, [5, 10, 15]);
  });

  it('refuses the checkpoint of another network', async () => {
    await assert.rejects(run(5, { hidden: 9, from: await stateAfter(2) }), InvalidModelError);
  });

  it('trains on fewer rows than a batch holds', async () => {
    const few = await tinyTrainer({ engine, rows: tinyRows(0, 10) });
    assert.equal(few.totalSteps, 3);
    assert.ok(few.position(await trainInSegments(few, 2, QUIET)).finished);
  });
});
