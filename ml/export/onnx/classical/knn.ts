import { CLASSES } from '../../../models/model.js';
import { readKnn } from '../../../models/knn-bytes.js';
import type { KnnParts } from '../../../models/knn-bytes.js';
import { nearestRows } from './knn-neighbours.js';
import { modelArrays } from './model-arrays.js';
import type { OnnxWriter } from './onnx-writer.js';
import { projectionGraph } from './projection-graph.js';
import type { RowGraph } from './row-graph.js';

/** k-nearest neighbours: the rows themselves lie in the file, a byte a number. */
export function knnGraph(bytes: Uint8Array): RowGraph {
  const arrays = modelArrays('k-nearest neighbours', bytes);
  const parts = readKnn(arrays);
  const projection = projectionGraph(arrays);
  return {
    columns: projection.columns,
    write(to, features) {
      const placed = projection.floats(to, features);
      const { places, squares } = nearestRows(to, parts, parts.cosine ? unitLength(to, placed) : placed);
      return votes(to, parts, places, squares);
    },
  };
}

/** Rows of zeros stay. */
function unitLength(to: OnnxWriter, rows: string): string {
  const doubles = to.cast(rows, 'double');
  const squares = to.rowSums(doubles, 'ReduceSumSquare');
  const zero = to.double(0);
  const factors = to.op('Where', [to.op('Greater', [squares, zero]), to.op('Reciprocal', [to.op('Sqrt', [squares])]), zero]);
  return to.cast(to.op('Mul', [doubles, factors]), 'float');
}

/** `voteProbabilities` as operators. @param squares double [batch, k], ascending */
function votes(to: OnnxWriter, { neighbours, rule, labels }: KnnParts, places: string, squares: string): string {
  const own = to.op('Gather', [to.constant(labels, [labels.length]), places]);
  const digits = to.constant(Uint8Array.from({ length: CLASSES }, (_, digit) => digit), [CLASSES]);
  const answers = to.cast(to.op('Equal', [to.cast(to.op('Unsqueeze', [own, to.wholes(2)]), 'int32'), to.cast(digits, 'int32')]), 'double'); // [batch, k, 10]
  const distances = to.cast(to.cast(to.op('Sqrt', [squares]), 'float'), 'double'); // as they are noted
  const nearest = to.op('Gather', [distances, to.wholes(0)], { attributes: { axis: { i: 1 } } });
  const weights = weightsOf(to, rule, { distances, nearest, neighbours });
  const sums = to.op('Squeeze', [to.op('MatMul', [to.op('Unsqueeze', [weights, to.wholes(1)]), answers]), to.wholes(1)]);
  return to.shares(rule.weights === 'fitted' ? to.op('Add', [sums, to.double(rule.floor)]) : sums);
}

interface Distances {
  /** double [batch, k] and [batch, 1] */
  readonly distances: string;
  readonly nearest: string;
  readonly neighbours: number;
}

function weightsOf(to: OnnxWriter, rule: KnnParts['rule'], { distances, nearest, neighbours }: Distances): string {
  const square = (value: string): string => to.op('Mul', [value, value]);
  if (rule.weights === 'fitted') return to.op('Exp', [to.op('Div', [to.op('Sub', [square(nearest), square(distances)]), to.double(rule.width)])]);
  const zero = to.double(0);
  const none = to.op('Mul', [distances, zero]);
  if (rule.weights === 'uniform') return to.op('Add', [none, to.constant(new Float64Array(neighbours).fill(1), [neighbours])]);
  const equal = to.cast(to.op('Equal', [distances, zero]), 'double');
  return to.op('Where', [to.op('Equal', [nearest, zero]), equal, to.op('Div', [nearest, to.op('Max', [distances, to.double(Number.MIN_VALUE)])])]);
}
