import { DivergedError } from '../../shared/errors.js';
import type { LabelledMatrix } from '../matrix.js';
import { deriveSeed } from '../random.js';
import type { OpenBatches } from './batch-source.js';
import { STREAMS } from './data-order.js';
import { improves, isExhausted } from './early-stopping.js';
import { inlineBatches } from './inline-batches.js';
import { learningRateAt } from './schedule.js';
import { decodeSegment, encodeSegment, segmentPosition } from './segment-bytes.js';
import type { Trainer, TrainerHooks } from './trainer.js';
import type { TrainerOptions } from './trainer-options.js';
import { answeringWeights } from './training-engine.js';
import type { TrainingEngine } from './training-engine.js';
import type { TrainingRows } from './training-rows.js';
import type { TrainingState } from './training-state.js';
import { validateNetwork } from './validate-network.js';
import { averageAnswers, averageRate } from './weight-averaging.js';

const REPORT_IMAGES = 1024; // between two words about progress: a few tenths of a second of one core

/**
 * The Trainer over an engine: the batch loop, the schedule, averages, validation, early stopping and randomness are here, a step's
 * arithmetic is the engine's.
 * @param openBatches makes the batches, in line or ahead.
 */
export function createTrainer(engine: TrainingEngine, train: TrainingRows, validation: LabelledMatrix, options: TrainerOptions, openBatches: OpenBatches = inlineBatches): Trainer {
  const { epochs, schedule, seed, patience, averaging, chooseFrom = 0 } = options;
  const { batchSize, stepsPerEpoch, totalSteps } = stepsOf(options, train.x.rows);
  const plan = { ...options.batches, seed, batchSize, stepsPerEpoch, dropouts: engine.dropouts };
  const batches = openBatches(train, plan, totalSteps);
  const reportEvery = Math.max(1, Math.round(REPORT_IMAGES / batchSize));
  const start = engine.initial();
  const advice = `lower the learning rate (${schedule.peak}). The last checkpoint is kept.`;

  /** What the end of an epoch brings: validation, the best weights, early stopping. */
  async function finishEpoch(state: TrainingState, loss: number, hooks: TrainerHooks): Promise<void> {
    const { history } = state;
    const epoch = state.step / stepsPerEpoch;
    const averaged = averageAnswers(averaging, epoch, epochs);
    const trainingLoss = state.epochLoss / stepsPerEpoch;
    const score = validation.x.rows === 0 ? undefined : await validateNetwork((x) => engine.predict(x, averaged), validation, hooks.signal, () => report(state, loss, hooks));
    history.trainingLoss.push(trainingLoss);
    history.learningRate.push(learningRateAt(schedule, state.step - 1, totalSteps));
    state.epochLoss = 0;
    if (score) {
      history.validationLoss.push(score.loss);
      history.validationAccuracy.push(score.accuracy);
    }
    // Without validation rows the last epoch is the one to keep.
    if (!score || state.best.epoch < chooseFrom || improves(score, state.best)) {
      state.best = { ...(score ?? { accuracy: 0, loss: trainingLoss }), epoch, ...answeringWeights(await engine.read(), averaged) };
    }
    state.stopped = score !== undefined && isExhausted(epoch, state.best, patience);
  }

  function report(state: TrainingState, loss: number, hooks: TrainerHooks): void {
    const validationAccuracy = state.history.validationAccuracy.at(-1);
    hooks.progress({
      fraction: state.stopped ? 1 : state.step / totalSteps,
      note: `epoch ${Math.ceil(state.step / stepsPerEpoch)}/${epochs}`,
      metrics: {
        loss,
        learningRate: learningRateAt(schedule, state.step, totalSteps),
        images: state.step * batchSize,
        ...(validationAccuracy !== undefined && { validationAccuracy }),
      },
    });
  }

  return {
    parameters: engine.parameters,
    totalSteps,
    begin: () => encodeSegment({
      engine: start, step: 0, epochLoss: 0, stopped: false,
      best: { epoch: 0, accuracy: 0, loss: 0, ...answeringWeights(start, false) },
      history: { trainingLoss: [], validationLoss: [], validationAccuracy: [], learningRate: [] },
    }),
    position(bytes) {
      const { step: at, stopped } = segmentPosition(bytes);
      return { step: at, finished: stopped || at >= totalSteps };
    },
    result: (bytes) => decodeSegment(bytes, start),
    async runSegment(bytes, steps, hooks) {
      const state = decodeSegment(bytes, start);
      const until = Math.min(totalSteps, state.step + steps);
      await engine.load(state.engine);
      let batch = state.step < until ? await batches.next(state.step) : undefined;
      while (batch !== undefined && state.step < until && !state.stopped) {
        hooks.signal.throwIfAborted();
        const step = engine.step(batch, {
          step: state.step,
          learningRate: learningRateAt(schedule, state.step, totalSteps),
          averageRate: averageRate(averaging, { step: state.step + 1, stepsPerEpoch, epochs }),
          seed: deriveSeed(seed, STREAMS.engine, state.step),
        });
        // The engine has taken its copy: the next batch is made while it computes.
        const [loss, next] = await Promise.all([step, state.step + 1 < until ? batches.next(state.step + 1) : undefined]);
        batch = next;
        if (!Number.isFinite(loss)) throw new DivergedError(`The loss of step ${state.step + 1} is ${loss}: ${advice}`);
        state.step += 1;
        state.epochLoss += loss;
        if (state.step % stepsPerEpoch === 0) await finishEpoch(state, loss, hooks);
        if (state.step % reportEvery === 0 || state.step === until || state.stopped) report(state, loss, hooks);
      }
      state.engine = await engine.read();
      for (const [name, values] of Object.entries(state.engine)) {
        const broken = values.findIndex((value) => !Number.isFinite(value));
        if (broken >= 0) throw new DivergedError(`Number ${broken} of ${name} is ${values[broken]} after step ${state.step}: ${advice}`);
      }
      return encodeSegment(state);
    },
    close: () => batches.close(),
  };
}

/** Batches that are whole, and how many steps a training of so many rows takes. */
export function stepsOf({ batchSize: asked, epochs }: Pick<TrainerOptions, 'batchSize' | 'epochs'>, rows: number): { readonly batchSize: number; readonly stepsPerEpoch: number; readonly totalSteps: number } {
  const batchSize = Math.min(asked, rows);
  const stepsPerEpoch = Math.floor(rows / batchSize);
  return { batchSize, stepsPerEpoch, totalSteps: epochs * stepsPerEpoch };
}
