import { buildGraph } from '../../../native/tensorflow/graph.js';
import type { Output } from '../../../native/tensorflow/graph.js';
import type { TensorFlowLibrary } from '../../../native/tensorflow/library.js';
import { openSession } from '../../../native/tensorflow/session.js';
import { constantWeights } from '../../graph/constant-weights.js';
import { emitNetwork } from '../../graph/emit-network.js';
import { graphOps } from '../../graph/graph-ops.js';
import type { GraphOps } from '../../graph/graph-ops.js';
import { predictByRun } from '../../graph/predict-by-run.js';
import type { Matrix } from '../../matrix.js';
import { shapeSize } from '../../shape-size.js';
import { predictInBatches } from '../../training/predict-in-batches.js';
import type { StageNetwork } from './compression-stage.js';

/** The smallest and the largest number that each of these layers gives for these images, by the layer's name. */
export async function outputRanges(library: TensorFlowLibrary, { topology, saved: { weights } }: StageNetwork, layers: readonly string[], images: Matrix): Promise<ReadonlyMap<string, readonly [number, number]>> {
  const { graph, placeholder, ranges } = buildGraph(library, (made) => {
    const ops = graphOps(made);
    const input = ops.placeholder('images', 'float32', [-1, shapeSize(topology.inputShape)]);
    const seen = new Map<string, Output>();
    emitNetwork(topology, ops.reshape(input, [-1, ...topology.inputShape]), {
      ...constantWeights(ops, weights),
      output(layer, value) {
        if (layers.includes(layer)) seen.set(layer, value);
        return value;
      },
    });
    return { graph: made, placeholder: input, ranges: layers.map((layer) => rowRange(ops, seen.get(layer) as Output)) };
  });
  const session = openSession(graph, { intraOpThreads: 1 });
  const found = new Map<string, readonly [number, number]>();
  // One after the other: TensorFlow fuses a normalisation with the activation after it only where nobody else asks for it, and complains elsewhere.
  for (const [index, layer] of layers.entries()) {
    const rows = await predictInBatches(images, predictByRun(session.prepare({ feeds: [placeholder], fetches: [ranges[index]] })));
    let [least, most] = [Infinity, -Infinity];
    for (let at = 0; at < rows.length; at += 2) [least, most] = [Math.min(least, -rows[at]), Math.max(most, rows[at + 1])];
    found.set(layer, [least, most]);
  }
  session.close();
  graph.dispose();
  return found;
}

/** Minus the smallest, and the largest number of each row, [n, 2]. */
function rowRange(ops: GraphOps, value: Output): Output {
  const axes = ops.shape(value).slice(1).map((_, index) => index + 1);
  return ops.op('Pack', [[ops.reduce('Max', ops.op('Neg', [value]), axes), ops.reduce('Max', value, axes)]], { axis: { int: 1 } });
}
