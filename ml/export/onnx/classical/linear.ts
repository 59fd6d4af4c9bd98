import { InvalidModelError } from '../../../../shared/errors.js';
import { CLASSES } from '../../../models/model.js';
import { modelArrays, takeArray } from './model-arrays.js';
import type { RowGraph } from './row-graph.js';

/** Logistic regression and linear SVM: the softmax of scores that are linear in the columns as they come. */
export function linearGraph(title: string, bytes: Uint8Array): RowGraph {
  const arrays = modelArrays(title, bytes);
  const weights = takeArray(title, arrays, 'weights', Float32Array);
  const bias = takeArray(title, arrays, 'bias', Float32Array, CLASSES);
  const columns = weights.length / CLASSES;
  if (!(Number.isInteger(columns) && columns > 0)) throw new InvalidModelError(`Not a ${title}: ${weights.length} weights are no multiple of ${CLASSES}.`);
  return {
    columns,
    // in double: weights of columns that hardly vary are large, and their terms cancel
    write: (to, features) => to.softmax(to.op('Add', [
      to.op('MatMul', [to.cast(features, 'double'), to.asDoubles(weights, [columns, CLASSES])]),
      to.asDoubles(bias, [CLASSES]),
    ])),
  };
}
