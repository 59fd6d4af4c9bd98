import { InternalError } from '../../shared/errors.js';
import type { NetworkGraph } from '../export/network/network-graph.js';
import { checkNetwork } from '../export/tflite/check-network.js';
import { FloatScope } from '../export/tflite/network/float-scope.js';
import { lowerOperator } from '../export/tflite/network/lower-operator.js';
import { TfliteDraft } from '../export/tflite/network/tflite-draft.js';
import type { TfliteFacts } from '../export/tflite/network/tflite-draft.js';
import type { TfliteGraph } from '../export/tflite/tflite-graph.js';
import { floatOperators } from './graph/float-operators.js';
import { Int8Scope } from './graph/int8-scope.js';
import { valueQuantization } from './graph/value-quantization.js';
import type { ValueRanges } from './graph/value-quantization.js';

/**
 * Full-integer post-training quantisation of any network, after TensorFlow Lite's int8 specification: weights of 8 or 4 bits with one
 * scale for each output, int32 biases, int8 activations. Input: pixel - 128; output: softmax in 1/256, less 128; interpreters may
 * choose the batch. What has no int8 form is computed in float32 ({@link file://./graph/float-operators.ts floatOperators}).
 *
 * @param ranges of every activation, from calibration images
 * @throws InvalidModelError naming a layer or constant that cannot be written; InvalidDataError naming a value without a range.
 */
export function quantizeGraph(graph: NetworkGraph, ranges: ValueRanges, facts: TfliteFacts, weightBits: 8 | 4 = 8): TfliteGraph {
  checkNetwork(graph);
  const draft = new TfliteDraft(graph);
  const stored: Int8Scope = new Int8Scope({
    graph, draft, weightBits,
    quantizationOf: valueQuantization(graph, ranges),
    floatTensor(value) {
      if (!real.has(value)) throw new InternalError(`'${graph.values[value].name}' is read before it is written.`);
      return real.read(value);
    },
  });
  const real = new FloatScope(graph, draft, 'float32', (value) => {
    const tensor = draft.addActivation(value, { type: 'float32' });
    draft.emit({ type: 'dequantize' }, [stored.read(value)], tensor);
    return tensor;
  });
  const input = stored.write(graph.input);
  const inFloat = floatOperators(graph);
  for (const operator of graph.operators) lowerOperator(inFloat.has(operator) ? real : stored, operator);
  return draft.build(input, stored.read(graph.output), facts);
}
