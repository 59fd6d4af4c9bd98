import type * as tfTypes from '@tensorflow/tfjs-node';
import type { LoadedTensorFlow } from '../../native/tensorflow-js.js';
import type { NetworkTopology } from '../graph/topology.js';
import type { TrainingGraphOptions } from '../graph/training-graph.js';
import { assignWeights, readWeights } from '../graph/weight-layout.js';
import type { WeightLayout } from '../graph/weight-layout.js';
import { dropoutPlans, eagerLogits, eagerProbabilities } from './eager-logits.js';
import { flatOptimiser } from './flat-optimiser.js';
import { answeringWeights } from './training-engine.js';
import type { EngineState, TrainingEngine } from './training-engine.js';
import { shapeSize } from '../shape-size.js';

/** What the engine is told: the graph engine's words. */
export type EagerEngineOptions = Pick<TrainingGraphOptions, 'optimiser' | 'clipNorm' | 'averaging'>;

/**
 * The engine that runs TensorFlow.js operation by operation: for networks with layers that the compiler does not know, and the oracle in
 * its tests. TensorFlow.js computes loss and gradients, the optimiser is ours. The model stays the caller's.
 */
export function createEagerEngine({ tf, runtime }: LoadedTensorFlow, model: tfTypes.LayersModel, topology: NetworkTopology, layout: WeightLayout, options: EagerEngineOptions): TrainingEngine {
  const optimiser = flatOptimiser(options.optimiser, options.clipNorm, layout);
  const start = readWeights(model, layout);
  const variables = model.trainableWeights.map((weight) => weight.read() as tfTypes.Variable);
  const hasMoving = layout.statistics > 0;
  let state: Record<string, Float32Array> = {};
  const shape = (rows: number): number[] => [rows, ...topology.inputShape];

  function lossAndGradient(images: Float32Array, targets: Float32Array, masks: readonly Float32Array[], rows: number): { loss: number; gradient: Float32Array } {
    let loss = Number.NaN;
    const gradient = new Float32Array(layout.parameters);
    // Nothing is returned through tidy, which would look for tensors in every element of an array: half of a step's time.
    tf.tidy(() => {
      const x = tf.tensor(images, shape(rows));
      const y = tf.tensor(targets, [rows, targets.length / rows]);
      const kept = masks.map((mask) => tf.tensor1d(mask));
      const { value, grads } = tf.variableGrads(() => tf.losses.softmaxCrossEntropy(y, eagerLogits(tf, model, topology, x, kept)) as tfTypes.Scalar, variables);
      [loss] = value.dataSync();
      variables.forEach((variable, i) => gradient.set(grads[variable.name].dataSync() as Float32Array, layout.trained[i].offset));
    });
    return { loss, gradient };
  }

  const put = (from: EngineState, averaged: boolean): void => assignWeights(tf, model, layout, answeringWeights(from, averaged));

  return {
    runtime: `${runtime}, eager`,
    parameters: layout.parameters,
    dropouts: dropoutPlans(model, topology),
    initial: () => ({
      weights: start.weights.slice(), ...(hasMoving && { moving: start.moving.slice() }),
      ...(options.averaging && { 'average.weights': start.weights.slice(), ...(hasMoving && { 'average.moving': start.moving.slice() }) }),
      ...optimiser.initial(),
    }),
    async load(from) {
      state = Object.fromEntries(Object.entries(from).map(([name, values]) => [name, values.slice()]));
      put(state, false);
    },
    read: async () => Object.fromEntries(Object.entries(state).map(([name, values]) => [name, values.slice()])),
    async step({ images, targets, masks }, { step, learningRate, averageRate }) {
      const rows = images.length / shapeSize(shape(1));
      const { loss, gradient } = lossAndGradient(images, targets, masks, rows);
      if (!Number.isFinite(loss)) return loss;
      if (hasMoving) state['moving'].set(readWeights(model, layout).moving);
      optimiser.step(state, gradient, step + 1, learningRate);
      if (averageRate > 0) for (const name of ['weights', 'moving']) follow(state[`average.${name}`], state[name], averageRate);
      put(state, false);
      return loss;
    },
    async predict(x, averaged) {
      if (averaged) put(state, true);
      const probabilities = await eagerProbabilities(tf, model, topology, x);
      if (averaged) put(state, false);
      return probabilities;
    },
    dispose: () => undefined,
  };
}

/** average += rate (leader - average) */
function follow(average: Float32Array | undefined, leader: Float32Array | undefined, rate: number): void {
  if (!average || !leader) return;
  for (let i = 0; i < average.length; i++) average[i] += rate * (leader[i] - average[i]);
}
