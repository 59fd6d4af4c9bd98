import type { NetworkGraph } from '../network/network-graph.js';
import { GraphScope } from './graph-scope.js';
import { writeOperator } from './write-operator.js';

const [INPUT, OUTPUT] = ['images', 'probabilities'];

/**
 * A network as TensorFlow's SavedModel: the bytes of `saved_model.pb`, which is all of it, for weights are constants. Its signature
 * `serving_default` takes `images` float32 [batch, height, width, channels] in [0, 1] and gives `probabilities` [batch, classes]; `facts` takes
 * nothing and gives the facts, a string each. The same graph gives the same bytes.
 */
export function writeSavedModel(graph: NetworkGraph, facts: Readonly<Record<string, string>>): Uint8Array {
  const scope = new GraphScope(graph, INPUT);
  for (const operator of graph.operators) writeOperator(scope, operator);
  const port = (node: string, value: number) => ({ node, type: 'float' as const, shape: [-1, ...scope.shape(value)] });
  const named = Object.entries(facts).map(([name, text]) => [name, { node: scope.draft.text(scope.draft.name(`facts/${name}`), text), type: 'string' as const, shape: [] }] as const);
  return scope.draft.encode({
    serving_default: { inputs: { [INPUT]: port(scope.read(graph.input), graph.input) }, outputs: { [OUTPUT]: port(scope.read(graph.output), graph.output) } },
    facts: { inputs: {}, outputs: Object.fromEntries(named) },
  });
}
