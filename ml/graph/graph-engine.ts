import type { TensorFlowLibrary } from '../../native/tensorflow/library.js';
import { openSession } from '../../native/tensorflow/session.js';
import type { SessionConfig } from '../../native/tensorflow/session-config.js';
import { predictInBatches } from '../training/predict-in-batches.js';
import type { EngineState, TrainingEngine } from '../training/training-engine.js';
import { predictByRun } from './predict-by-run.js';
import type { NetworkTopology } from './topology.js';
import { compileTraining } from './training-graph.js';
import type { TrainingGraphOptions } from './training-graph.js';
import type { NetworkWeights, WeightLayout } from './weight-layout.js';
import { shapeSize } from '../shape-size.js';

/** What the engine of a network is made of. */
export interface GraphEngineParts {
  readonly topology: NetworkTopology;
  readonly layout: WeightLayout;
  /** What is trained before training: the network's weights, in the layout of `transformedLayout` where they are transformed. */
  readonly weights: NetworkWeights;
  readonly options: TrainingGraphOptions;
  readonly session: SessionConfig;
}

/**
 * The engine that trains a network as one TensorFlow graph: a step is one call into the library, in another thread.
 * @throws InvalidModelError for a layer that is not compiled.
 */
export function createGraphEngine(library: TensorFlowLibrary, { topology, layout, weights, options, session: config }: GraphEngineParts): TrainingEngine {
  const compiled = compileTraining(library, topology, layout, options);
  const { variables, optimiser, step: { images, targets, seed, scalars, loss, update, updateAndAverage }, answers } = compiled;
  const session = openSession(compiled.graph, config);
  const gpus = session.devices().filter(({ type }) => type === 'GPU').map(({ bytes }) => `, GPU with ${Math.round(bytes / 1e9)} GB`).join('');
  const stateOf = variables.map((variable) => variable.read());
  const feeds = [images, targets, seed, scalars];
  const steps = [update, updateAndAverage].map((target) => session.prepare({ feeds, fetches: [loss], targets: [target] }));
  const loading = session.prepare({ feeds: variables.map(({ placeholder }) => placeholder), targets: variables.map(({ load }) => load) });
  const reading = session.prepare({ fetches: stateOf });
  const answering = Object.fromEntries(Object.entries(answers).flatMap(([which, answer]) =>
    answer ? [[which, session.prepare({ feeds: [answer.images], fetches: [answer.probabilities] })]] : []));
  const area = shapeSize(topology.inputShape);
  const { weightDecay } = options.optimiser;

  return {
    runtime: `TensorFlow ${library.version} graph${gpus}`,
    parameters: compiled.layout.parameters,
    dropouts: [],
    initial() {
      const start: Record<string, Float32Array> = { weights: weights.weights, moving: weights.moving, 'average.weights': weights.weights, 'average.moving': weights.moving };
      return Object.fromEntries(variables.map(({ name, length }) => [name, start[name]?.slice() ?? new Float32Array(length)]));
    },
    async load(state) {
      await loading.run(variables.map(({ name, length }) => ({ shape: [length], data: state[name] })));
    },
    async read() {
      const values = await reading.run([]);
      return Object.fromEntries(variables.map(({ name }, i) => [name, values[i]])) as EngineState;
    },
    async step(batch, { step, learningRate, averageRate, seed: stepSeed }) {
      const numbers = [...optimiser.scalarsAt(step + 1, learningRate), learningRate * weightDecay, averageRate];
      const [value] = await steps[averageRate > 0 ? 1 : 0].run([
        { shape: [options.batchSize, area], data: batch.images },
        { shape: [options.batchSize, batch.targets.length / options.batchSize], data: batch.targets },
        { shape: [], data: Int32Array.of(stepSeed) },
        { shape: [numbers.length], data: Float32Array.from(numbers) },
      ]);
      return Number(value[0]);
    },
    predict: (x, averaged) => predictInBatches(x, predictByRun(answering[averaged ? 'average' : 'current'])),
    dispose() {
      session.close();
      compiled.graph.dispose();
    },
  };
}
