import { loadTensorFlowLibrary } from '../../native/tensorflow/library.js';
import { loadTensorFlow } from '../../native/tensorflow-js.js';
import { InvalidModelError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import type { NativePaths } from '../../shared/step.js';
import { compileInference } from '../graph/inference-graph.js';
import { readTopology } from '../graph/topology.js';
import type { NetworkTopology } from '../graph/topology.js';
import type { Matrix } from '../matrix.js';
import { averagedOverShifts } from '../training/test-time-augmentation.js';
import { eagerProbabilities } from '../training/eager-logits.js';
import { checkWidth } from './check-width.js';
import { decodeLayersModel } from './cnn-bytes.js';
import { readLayersModel } from './read-layers-model.js';
import type { SavedNetwork } from './read-layers-model.js';
import { CLASSES } from './model.js';
import type { Classifier } from './model.js';
import { placesOf } from './places-of.js';
import { shapeSize } from '../shape-size.js';

/** What computes a network's answers. */
interface Answers {
  readonly runtime: string;
  predict(x: Matrix): Promise<Float32Array>;
  dispose(): void;
}

/**
 * A saved network that answers: as a TensorFlow graph, or by TensorFlow.js where a layer is not compiled.
 * @throws InvalidModelError when the bytes are no such network.
 */
export async function loadNetwork(name: string, bytes: Uint8Array, native: NativePaths): Promise<Classifier> {
  const saved = readLayersModel(bytes);
  const topology = readTopology(saved.topology);
  const answers = graphAnswers(saved, topology, native) ?? (await eagerAnswers(bytes, topology));
  const predict = averagedOverShifts(async (x) => ({ rows: x.rows, columns: CLASSES, data: await answers.predict(x) }), placesOf(saved));
  const columns = shapeSize(topology.inputShape);
  return {
    columns,
    parameters: parametersOf(saved),
    runtime: answers.runtime,
    details: saved.details as JsonObject,
    async predictProba(x) {
      checkWidth(name, x, columns);
      return predict(x);
    },
    save: async () => bytes,
    dispose: () => answers.dispose(),
  };
}

/** Undefined when something in the network is not compiled. */
function graphAnswers({ weights }: SavedNetwork, topology: NetworkTopology, native: NativePaths): Answers | undefined {
  const library = loadTensorFlowLibrary(native.tensorflow);
  try {
    // 0: as many threads as the process's environment names.
    return { runtime: `TensorFlow ${library.version} graph`, ...compileInference(library, topology, weights, { intraOpThreads: 0 }) };
  } catch (error) {
    if (error instanceof InvalidModelError) return undefined;
    throw error;
  }
}

async function eagerAnswers(bytes: Uint8Array, topology: NetworkTopology): Promise<Answers> {
  const { tf, runtime } = await loadTensorFlow();
  const { model } = await decodeLayersModel(tf, bytes);
  return { runtime: `${runtime}, eager`, predict: (x) => eagerProbabilities(tf, model, topology, x), dispose: () => void model.dispose() };
}

/** Moving averages are no parameters. */
function parametersOf({ weights }: SavedNetwork): number {
  return weights.filter(({ name }) => !/\/moving_(mean|variance)$/.test(name)).reduce((sum, { data }) => sum + data.length, 0);
}
