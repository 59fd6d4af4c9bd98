import { InvalidDataError } from '../../../shared/errors.js';
import { shapeSize } from '../../shape-size.js';
import type { EvaluatedValue } from './evaluate/arrays.js';
import { evaluateActivation, evaluateBinary } from './evaluate/elementwise.js';
import { evaluateConcatenate, evaluatePad, evaluateReshape, evaluateTranspose } from './evaluate/moves.js';
import { evaluateBatchMatMul, evaluateConv2d, evaluateDense, evaluateDepthwiseConv2d } from './evaluate/products.js';
import { evaluatePool2d, evaluateReduce, evaluateSoftmax, evaluateStandardise } from './evaluate/reductions.js';
import type { NetworkGraph, NetworkOperation } from './network-graph.js';
import { inputsOf } from './operator-values.js';

/**
 * Every value of the graph for one image, by its number, in double precision: slow, plain, what writers of formats are tested against.
 * @param image row-major, of the input's shape.
 * @throws InvalidDataError for an image of another size.
 */
export function evaluateValues({ values, operators, input }: NetworkGraph, image: ArrayLike<number>): readonly EvaluatedValue[] {
  const { shape } = values[input];
  if (image.length !== shapeSize(shape)) throw new InvalidDataError(`An image of [${shape.join(', ')}] is expected, got ${image.length} numbers.`);
  const evaluated = values.map(({ shape: sides, data }): EvaluatedValue => ({ shape: sides, data: data ?? new Float64Array(0) }));
  evaluated[input] = { shape, data: Float64Array.from(image) };
  for (const operator of operators) {
    const sides = values[operator.output].shape;
    evaluated[operator.output] = { shape: sides, data: evaluateOperation(operator, inputsOf(operator).map((value) => evaluated[value]), sides) };
  }
  return evaluated;
}

/** The probabilities [classes] of one image. @throws as `evaluateValues`. */
export function evaluateNetwork(graph: NetworkGraph, image: ArrayLike<number>): Float64Array {
  return Float64Array.from(evaluateValues(graph, image)[graph.output].data);
}

function evaluateOperation(operation: NetworkOperation, inputs: readonly EvaluatedValue[], shape: readonly number[]): Float64Array {
  switch (operation.type) {
    case 'conv2d': return evaluateConv2d(operation, inputs, shape);
    case 'depthwiseConv2d': return evaluateDepthwiseConv2d(operation, inputs, shape);
    case 'dense': return evaluateDense(operation, inputs, shape);
    case 'batchMatMul': return evaluateBatchMatMul(operation, inputs, shape);
    case 'maxPool2d': case 'averagePool2d': return evaluatePool2d(operation, inputs, shape);
    case 'reduce': return evaluateReduce(operation, inputs, shape);
    case 'softmax': return evaluateSoftmax(operation, inputs, shape);
    case 'standardise': return evaluateStandardise(operation, inputs, shape);
    case 'activation': return evaluateActivation(operation, inputs, shape);
    case 'add': case 'multiply': case 'maximum': case 'minimum': return evaluateBinary(operation, inputs, shape);
    case 'reshape': return evaluateReshape(operation, inputs, shape);
    case 'transpose': return evaluateTranspose(operation, inputs, shape);
    case 'pad': return evaluatePad(operation, inputs, shape);
    case 'concatenate': return evaluateConcatenate(operation, inputs, shape);
  }
}
