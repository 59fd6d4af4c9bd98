import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import { DivergedError } from '../../shared/errors.js';
import type { LabelledMatrix } from '../matrix.js';
import { adamStep, createAdamState } from './adam.js';
import type { TrainingBatch } from './batch-memory.js';
import type { OpenBatches } from './batch-source.js';
import { improves, isExhausted } from './early-stopping.js';
import type { EpochScore } from './early-stopping.js';
import { fusedGradients } from './fused-gradients.js';
import { initialWeights } from './initial-weights.js';
import { inlineBatches } from './inline-batches.js';
import { layersNetwork } from './layers-network.js';
import { learningRateAt } from './schedule.js';
import { decodeSegment, encodeSegment, segmentPosition } from './segment-bytes.js';
import type { Trainer, TrainerHooks } from './trainer.js';
import type { TrainerOptions } from './trainer-options.js';
import type { TrainingState } from './training-state.js';
import { validateNetwork } from './validate-network.js';

const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
const REPORT_IMAGES = 1024; // between two words about progress: a few tenths of a second of one core

/**
 * The Trainer that runs TensorFlow.js operation by operation, on the CPU or the GPU. Its batch loop, optimiser, schedule
 * and randomness are Digitloom's own; TensorFlow computes losses and gradients.
 * @param openBatches makes the batches, in line or ahead.
 */
export function createEagerTrainer(
  tf: TensorFlow,
  model: tfTypes.LayersModel,
  train: LabelledMatrix,
  validation: LabelledMatrix,
  options: TrainerOptions,
  openBatches: OpenBatches = inlineBatches,
): Trainer {
  const { epochs, schedule, seed, patience, weightDecay, side, classes, maxShift, labelSmoothing, pipeline = null } = options;
  const network = layersNetwork(tf, model);
  const { crossEntropy } = fusedGradients(tf);
  const batchSize = Math.min(options.batchSize, train.x.rows);
  const stepsPerEpoch = Math.floor(train.x.rows / batchSize);
  const totalSteps = epochs * stepsPerEpoch;
  const plan = { seed, batchSize, stepsPerEpoch, side, classes, labelSmoothing, maxShift, pipeline, dropouts: network.dropouts };
  const batches = openBatches(train, plan, totalSteps);
  const variables = [...network.variables];
  const reportEvery = Math.max(1, Math.round(REPORT_IMAGES / batchSize));

  /** Loss of a batch and the gradients of all variables. */
  function lossAndGradients(batch: TrainingBatch): { loss: number; gradients: Float32Array[] } {
    let loss = Number.NaN;
    const gradients: Float32Array[] = [];
    // Nothing is returned through tidy, which would look for tensors in every element of an array: half of a step's time.
    tf.tidy(() => {
      const images = tf.tensor4d(batch.images, [batchSize, side, side, 1]);
      const targets = tf.tensor2d(batch.targets, [batchSize, classes]);
      const kept = batch.masks.map((mask) => tf.tensor1d(mask));
      const { value, grads } = tf.variableGrads(() => crossEntropy(network.logits(images, kept), targets) as tfTypes.Scalar, variables);
      [loss] = value.dataSync();
      for (const variable of variables) gradients.push(grads[variable.name].dataSync() as Float32Array);
    });
    return { loss, gradients };
  }

  /** One step: differentiate, update. Returns the loss. */
  function step(state: TrainingState, batch: TrainingBatch): number {
    const { loss, gradients } = lossAndGradients(batch);
    if (!Number.isFinite(loss)) {
      throw new DivergedError(`The loss of step ${state.step + 1} is ${loss}: lower the learning rate (${schedule.peak}). The last checkpoint is kept.`);
    }
    adamStep(state.weights, gradients, network.slices, state.optimiser, learningRateAt(schedule, state.step, totalSteps), { ...ADAM, weightDecay });
    network.assign(state.weights);
    state.step += 1;
    state.epochLoss += loss;
    return loss;
  }

  /** What the end of an epoch brings: validation, the best weights, early stopping. */
  async function finishEpoch(state: TrainingState, loss: number, hooks: TrainerHooks): Promise<void> {
    const epoch = state.step / stepsPerEpoch;
    const trainingLoss = state.epochLoss / stepsPerEpoch;
    const score: EpochScore | undefined = validation.x.rows === 0
      ? undefined
      : await validateNetwork(tf, network, validation, side, hooks.signal, () => report(state, loss, hooks));
    state.history.trainingLoss.push(trainingLoss);
    state.epochLoss = 0;
    if (score) {
      state.history.validationLoss.push(score.loss);
      state.history.validationAccuracy.push(score.accuracy);
    }
    // Without validation rows the last epoch is the one to keep.
    if (!score || improves(score, state.best)) {
      state.best.weights.set(state.weights);
      state.best = { ...(score ?? { accuracy: 0, loss: trainingLoss }), epoch, weights: state.best.weights };
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
    parameters: network.parameters,
    totalSteps,
    begin() {
      const weights = initialWeights(network.variables.map(({ shape }) => shape), seed);
      return encodeSegment({
        weights,
        optimiser: createAdamState(weights.length),
        step: 0,
        epochLoss: 0,
        best: { epoch: 0, accuracy: 0, loss: 0, weights: weights.slice() },
        history: { trainingLoss: [], validationLoss: [], validationAccuracy: [] },
        stopped: false,
      });
    },
    position(bytes) {
      const { step: at, stopped } = segmentPosition(bytes);
      return { step: at, finished: stopped || at >= totalSteps };
    },
    async runSegment(bytes, steps, hooks) {
      const state = decodeSegment(bytes, network.parameters);
      const until = Math.min(totalSteps, state.step + steps);
      network.assign(state.weights);
      while (state.step < until && !state.stopped) {
        hooks.signal.throwIfAborted();
        const made = batches.next(state.step);
        const loss = step(state, made instanceof Promise ? await made : made);
        if (state.step % stepsPerEpoch === 0) await finishEpoch(state, loss, hooks);
        if (state.step % reportEvery === 0 || state.step === until || state.stopped) {
          report(state, loss, hooks);
          await new Promise((resolve) => setImmediate(resolve)); // lets messages in and out
        }
      }
      const broken = state.weights.findIndex((weight) => !Number.isFinite(weight));
      if (broken >= 0) throw new DivergedError(`Weight ${broken} is ${state.weights[broken]} after step ${state.step}: lower the learning rate (${schedule.peak}). The last checkpoint is kept.`);
      return encodeSegment(state);
    },
    close: () => batches.close(),
  };
}
