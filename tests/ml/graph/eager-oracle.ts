import type * as tfTypes from '@tensorflow/tfjs-node';
import { compileTraining } from '../../../ml/graph/training-graph.js';
import type { TrainingGraph } from '../../../ml/graph/training-graph.js';
import { readTopology } from '../../../ml/graph/topology.js';
import { assignWeights, layOutWeights, readWeights } from '../../../ml/graph/weight-layout.js';
import type { NetworkWeights, WeightLayout } from '../../../ml/graph/weight-layout.js';
import { createRandom } from '../../../ml/random.js';
import { eagerLogits } from '../../../ml/training/eager-logits.js';
import { loadTensorFlowLibrary } from '../../../native/tensorflow/library.js';
import { openSession } from '../../../native/tensorflow/session.js';
import type { TensorFlow } from '../../../native/tensorflow-js.js';
import { nativePaths } from '../../support/native-paths.js';

export const BATCH = 6;
export const CLASSES = 3;

/** What one step knows, by either engine. */
export interface StepValues {
  readonly loss: number;
  readonly gradient: Float32Array;
  /** Probabilities of the batch when the network answers, before the step. */
  readonly answers: Float32Array;
  /** Moving averages after a training pass. */
  readonly moving: Float32Array;
}

/** A network with random weights and a random batch, whose step is computed by TensorFlow.js and by the compiled graph. */
export function bothWays(tf: TensorFlow, model: tfTypes.LayersModel): { layout: WeightLayout; start: NetworkWeights; eager(): StepValues; graph(): Promise<StepValues> } {
  const topology = readTopology(model.toJSON(null, false));
  const layout = layOutWeights(model);
  const random = createRandom(3);
  const draw = (length: number): Float32Array => Float32Array.from({ length }, () => 0.5 * random.normal());
  const start: NetworkWeights = { weights: draw(layout.parameters), moving: draw(layout.statistics).map((value) => value * value + 0.1) };
  assignWeights(tf, model, layout, start);
  const area = topology.inputShape.reduce((product, side) => product * side, 1);
  const images = draw(BATCH * area);
  const targets = Float32Array.from({ length: BATCH * CLASSES }, (_, i) => (i % CLASSES === Math.floor(i / CLASSES) % CLASSES ? 0.9 : 0.05));
  return {
    layout, start,
    eager() {
      assignWeights(tf, model, layout, start);
      const x = tf.tensor(images, [BATCH, ...topology.inputShape]);
      const variables = model.trainableWeights.map((weight) => weight.read() as tfTypes.Variable);
      const answers = tf.tidy(() => tf.softmax(eagerLogits(tf, model, topology, x)).dataSync() as Float32Array);
      const { value, grads } = tf.tidy(() => tf.variableGrads(() => tf.losses.softmaxCrossEntropy(tf.tensor2d(targets, [BATCH, CLASSES]), eagerLogits(tf, model, topology, x, [])) as tfTypes.Scalar, variables));
      const gradient = new Float32Array(layout.parameters);
      variables.forEach((variable, i) => gradient.set(grads[variable.name]?.dataSync() as Float32Array, layout.trained[i]?.offset));
      const [loss] = value.dataSync();
      return { loss: loss ?? Number.NaN, gradient, answers, moving: readWeights(model, layout).moving };
    },
    async graph() {
      const compiled = compileTraining(loadTensorFlowLibrary(nativePaths().tensorflow), topology, layout, {
        batchSize: BATCH, optimiser: { kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0 }, clipNorm: 0, averaging: false, computeType: 'float32',
      });
      return stepOnce(compiled, start, images, targets);
    },
  };
}

/** One step of a compiled network with a batch of its own, without learning. */
export async function stepOnce({ graph, variables, step, answers: { current } }: TrainingGraph, start: NetworkWeights, images: Float32Array, targets: Float32Array): Promise<StepValues> {
  const session = openSession(graph, { intraOpThreads: 1 });
  const values: Record<string, Float32Array> = { weights: start.weights, moving: start.moving };
  await session.prepare({ feeds: variables.map(({ placeholder }) => placeholder), targets: variables.map(({ load }) => load) })
    .run(variables.map(({ name, length }) => ({ shape: [length], data: values[name] ?? new Float32Array(length) })));
  if (!current) throw new Error('the network has no answers');
  const [answers] = await session.prepare({ feeds: [current.images], fetches: [current.probabilities] }).run([{ shape: [BATCH, images.length / BATCH], data: images }]);
  const feeds = [step.images, step.targets, step.seed, step.scalars];
  const [loss, gradient] = await session.prepare({ feeds, fetches: [step.loss, step.gradient], targets: [step.update] }).run([
    { shape: [BATCH, images.length / BATCH], data: images }, { shape: [BATCH, CLASSES], data: targets }, { shape: [], data: Int32Array.of(1) }, { shape: [3], data: Float32Array.of(0, 0, 0) },
  ]);
  const moving = variables.find(({ name }) => name === 'moving');
  const moved = moving ? await session.evaluate(moving.read()) : new Float32Array(0);
  session.close();
  graph.dispose();
  return { loss: Number(loss?.[0]), gradient: gradient as Float32Array, answers: answers as Float32Array, moving: moved as Float32Array };
}
