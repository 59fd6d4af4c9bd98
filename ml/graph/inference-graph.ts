import type { DataType } from '../../native/tensorflow/data-type.js';
import { buildGraph } from '../../native/tensorflow/graph.js';
import type { Graph } from '../../native/tensorflow/graph.js';
import type { TensorFlowLibrary } from '../../native/tensorflow/library.js';
import { openSession } from '../../native/tensorflow/session.js';
import type { SessionConfig } from '../../native/tensorflow/session-config.js';
import type { Matrix } from '../matrix.js';
import { constantWeights } from './constant-weights.js';
import { emitNetwork } from './emit-network.js';
import { graphOps } from './graph-ops.js';
import { predictInBatches } from '../training/predict-in-batches.js';
import { predictByRun } from './predict-by-run.js';
import type { NetworkTopology } from './topology.js';
import { shapeSize } from '../shape-size.js';

/** A weight with its values. */
export interface NamedWeight {
  /** `<layer>/<weight>` */
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array<ArrayBuffer>;
}

/** A trained network that answers. */
export interface InferenceGraph {
  /** Probabilities [rows, classes]. One call at a time. */
  predict(x: Matrix): Promise<Float32Array>;
  dispose(): void;
}

/**
 * Compiles a network for answering: its weights are constants of the graph, so that TensorFlow folds and fuses what it can.
 * @throws InvalidModelError for a layer that is not compiled, or one without its weights.
 */
export function compileInference(library: TensorFlowLibrary, topology: NetworkTopology, weights: readonly NamedWeight[], config: SessionConfig, computeType: DataType = 'float32'): InferenceGraph {
  return buildGraph(library, (graph) => answering(graph, topology, weights, config, computeType));
}

function answering(graph: Graph, topology: NetworkTopology, weights: readonly NamedWeight[], config: SessionConfig, computeType: DataType): InferenceGraph {
  const ops = graphOps(graph);
  const area = shapeSize(topology.inputShape);
  const images = ops.placeholder('images', 'float32', [-1, area]);
  const logits = emitNetwork(topology, ops.reshape(images, [-1, ...topology.inputShape]), constantWeights(ops, weights, computeType));
  const session = openSession(graph, config);
  const answer = session.prepare({ feeds: [images], fetches: [ops.op('Softmax', [logits])] });
  return {
    predict: (x) => predictInBatches(x, predictByRun(answer)),
    dispose() {
      session.close();
      graph.dispose();
    },
  };
}
