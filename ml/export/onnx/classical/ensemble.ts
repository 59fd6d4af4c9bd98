import { SMALLEST } from '../../../ensembles/label-probabilities.js';
import { numbersOf, readEnsemble } from '../../../ensembles/ensemble-bytes.js';
import type { SavedEnsemble } from '../../../ensembles/ensemble-bytes.js';
import { InvalidModelError } from '../../../../shared/errors.js';
import { CLASSES } from '../../../models/model.js';
import type { OnnxWriter } from './onnx-writer.js';
import type { RowGraph } from './row-graph.js';
import { xgboostGraph } from './xgboost.js';

/** An ensemble as operators: a row is the bases' probabilities beside each other, ten a base, in the order of `names`. */
export interface EnsembleGraph extends RowGraph {
  readonly names: readonly string[];
}

/** @throws InvalidModelError when the bytes are no ensemble's. */
export function ensembleGraph(bytes: Uint8Array): EnsembleGraph {
  const saved = readEnsemble(bytes);
  const { names } = saved;
  return { names, columns: names.length * CLASSES, write: writerOf(saved) };
}

function writerOf(saved: SavedEnsemble): RowGraph['write'] {
  const { method, names, files } = saved;
  const bases = names.length;
  switch (method) {
    case 'soft-vote':
    case 'weighted-vote':
    case 'greedy': {
      const weights = tied(numbersOf(saved, 'weights', bases));
      return (to, rows) => to.cast(to.op('MatMul', [to.cast(rows, 'double'), weights(to)]), 'float');
    }
    case 'hard-vote':
      return (to, rows) => hardVote(to, rows, bases);
    case 'log-pool': {
      const [weights, bias] = [tied(numbersOf(saved, 'weights', bases)), numbersOf(saved, 'bias', CLASSES)];
      return (to, rows) => linear(to, logs(to, rows), weights(to), bias);
    }
    case 'stack-logistic': {
      const all = numbersOf(saved, 'weights', (bases * CLASSES + 1) * CLASSES);
      const split = bases * CLASSES * CLASSES;
      return (to, rows) => linear(to, logs(to, rows), to.constant(all.slice(0, split), [bases * CLASSES, CLASSES]), all.slice(split));
    }
    case 'stack-xgboost': {
      const booster = files['booster.ubj'];
      if (!booster) throw new InvalidModelError('Not a stack-xgboost: it has no booster.ubj.');
      const trees = xgboostGraph(booster);
      if (trees.columns !== bases * CLASSES) throw new InvalidModelError(`This stack-xgboost names ${bases} bases, but its trees take ${trees.columns} columns, expected ${bases * CLASSES}.`);
      return (to, rows) => trees.write(to, logs(to, rows));
    }
  }
}

/** One weight a base, for each class alike: double [bases x 10, 10]. */
function tied(weights: Float64Array): (to: OnnxWriter) => string {
  const all = new Float64Array(weights.length * CLASSES * CLASSES);
  for (let row = 0; row < weights.length * CLASSES; row++) all[row * CLASSES + (row % CLASSES)] = weights[Math.floor(row / CLASSES)];
  return (to) => to.constant(all, [weights.length * CLASSES, CLASSES]);
}

/** Logarithms of the probabilities, float32 as the trained ensemble takes them. */
function logs(to: OnnxWriter, rows: string): string {
  return to.cast(to.op('Log', [to.op('Max', [to.cast(rows, 'double'), to.double(SMALLEST)])]), 'float');
}

function linear(to: OnnxWriter, rows: string, weights: string, bias: Float64Array): string {
  return to.softmax(to.op('Add', [to.op('MatMul', [to.cast(rows, 'double'), weights]), to.constant(bias, [CLASSES])]));
}

/** A vote for each base's likeliest class, and one vote that all share by their mean probability. */
function hardVote(to: OnnxWriter, rows: string, bases: number): string {
  const byBase = to.op('Reshape', [rows, to.wholes(-1, bases, CLASSES)]);
  const likeliest = to.cast(to.op('ArgMax', [byBase], { attributes: { axis: { i: 2 }, keepdims: { i: 1 } } }), 'int32');
  const votes = to.cast(to.op('Equal', [likeliest, to.constant(Int32Array.from({ length: CLASSES }, (_, k) => k), [CLASSES])]), 'double');
  const over = (opType: string, value: string): string => to.op(opType, [value, to.wholes(1)], { attributes: { keepdims: { i: 0 } } });
  const all = to.op('Add', [over('ReduceSum', votes), over('ReduceMean', to.cast(byBase, 'double'))]);
  return to.cast(to.op('Div', [all, to.double(bases + 1)]), 'float');
}
