import { shapeSize } from '../../shape-size.js';
import type { NetworkGraph, NetworkOperator } from './network-graph.js';

/** Multiplications, each with its addition, that the products of a network take for one image; borders count as if there were pixels. */
export function multiplyAdds(graph: NetworkGraph): number {
  return graph.operators.reduce((sum, operator) => sum + shapeSize(graph.values[operator.output].shape) * termsOf(graph, operator), 0);
}

/** Products that are added for one number of the output. */
function termsOf({ values }: NetworkGraph, operator: NetworkOperator): number {
  if (operator.type === 'conv2d' || operator.type === 'dense') return shapeSize(values[operator.kernel].shape.slice(0, -1));
  if (operator.type === 'depthwiseConv2d') return shapeSize(values[operator.kernel].shape.slice(0, 2));
  return operator.type === 'batchMatMul' ? (values[operator.a].shape.at(-1) ?? 1) : 0;
}
