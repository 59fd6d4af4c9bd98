import { InternalError } from '../../../shared/errors.js';
import type { NetworkGraph } from '../network/network-graph.js';
import { checkNetwork } from './check-network.js';
import { HALF_LIMIT } from '../half-precision.js';
import { FloatScope } from './network/float-scope.js';
import type { ConstantStorage } from './network/float-scope.js';
import { lowerOperator } from './network/lower-operator.js';
import { TfliteDraft } from './network/tflite-draft.js';
import type { TfliteFacts } from './network/tflite-draft.js';
import type { TfliteGraph } from './tflite-graph.js';

/**
 * float32; float16: constants in half precision, widened when the interpreter starts; dynamic, dynamic4: products by weights of 8 or
 * 4 bits (one scale for each output), activations stored as int8 for each product by the runtime. All take and give float32.
 */
export type FloatPrecision = 'float32' | 'float16' | 'dynamic' | 'dynamic4';

const STORAGE: Readonly<Record<FloatPrecision, ConstantStorage>> = { float32: 'float32', float16: 'float16', dynamic: 'int8', dynamic4: 'int4' };

/**
 * A network as a TFLite graph from float32 images [n, height, width, channels] in [0, 1] to float32 probabilities [n, classes];
 * interpreters may choose n.
 * @throws InvalidModelError naming the layer or the constant that cannot be written.
 */
export function networkToTflite(graph: NetworkGraph, precision: FloatPrecision, facts: TfliteFacts): TfliteGraph {
  checkNetwork(graph, precision === 'float16' ? HALF_LIMIT : Infinity);
  const draft = new TfliteDraft(graph);
  const scope = new FloatScope(graph, draft, STORAGE[precision], (value) => {
    throw new InternalError(`'${graph.values[value].name}' is read before it is written.`);
  });
  const input = scope.write(graph.input);
  for (const operator of graph.operators) lowerOperator(scope, operator);
  return draft.build(input, scope.read(graph.output), facts);
}
