import { graphOps } from '../../../ml/graph/graph-ops.js';
import type { GraphOps } from '../../../ml/graph/graph-ops.js';
import { buildGraph } from '../../../native/tensorflow/graph.js';
import type { Output } from '../../../native/tensorflow/graph.js';
import { loadTensorFlowLibrary } from '../../../native/tensorflow/library.js';
import { openSession } from '../../../native/tensorflow/session.js';
import { nativePaths } from '../../support/native-paths.js';

/** Builds a graph and gives the values of some of its outputs. */
export async function evaluateGraph(build: (ops: GraphOps) => readonly Output[]): Promise<number[][]> {
  const { graph, outputs } = buildGraph(loadTensorFlowLibrary(nativePaths().tensorflow), (made) => ({ graph: made, outputs: build(graphOps(made)) }));
  const session = openSession(graph, { intraOpThreads: 1 });
  const values: number[][] = [];
  for (const output of outputs) values.push(Array.from(await session.evaluate(output), Number));
  session.close();
  graph.dispose();
  return values;
}
