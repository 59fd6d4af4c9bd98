import type { Calibrator } from '../../../calibration/calibrator.js';
import { learntArray } from '../../../calibration/learnt-array.js';
import { SMALLEST } from '../../../ensembles/label-probabilities.js';
import type { OnnxWriter } from './onnx-writer.js';
import type { RowGraph } from './row-graph.js';

type Arrays = Parameters<typeof learntArray>[0];

/** A model whose probabilities go through a fitted calibrator. */
export function calibratedGraph(graph: RowGraph, { method, columns, arrays }: Pick<Calibrator, 'method' | 'columns' | 'arrays'>): RowGraph {
  const learnt = arrays() as Arrays;
  return {
    columns: graph.columns,
    write(to, features) {
      const found = graph.write(to, features);
      if (method === 'none') return found;
      const proba = to.cast(found, 'double');
      if (method === 'temperature') return tempered(to, proba, learntArray(learnt, 'calibrator.temperature', 2)[1]);
      return normalised(to, method === 'platt' ? sigmoids(to, proba, learnt) : curves(to, proba, learnt, columns), columns);
    },
  };
}

function tempered(to: OnnxWriter, proba: string, inverse: number): string {
  return to.softmax(to.op('Mul', [to.op('Log', [to.op('Max', [proba, to.double(SMALLEST)])]), to.double(inverse)]));
}

/** Sigmoids of each class's log-odds; the other classes are summed, as 1 - p keeps few digits of a p near 1. */
function sigmoids(to: OnnxWriter, proba: string, arrays: Arrays): string {
  const slopes = learntArray(arrays, 'calibrator.slopes');
  const width = slopes.length;
  const others = Uint8Array.from({ length: width * width }, (_, i) => Number(Math.floor(i / width) !== i % width));
  const least = to.double(SMALLEST);
  const log = (value: string): string => to.op('Log', [to.op('Max', [value, least])]);
  const odds = to.op('Sub', [log(proba), log(to.op('MatMul', [proba, to.asDoubles(others, [width, width])]))]);
  const offsets = to.constant(learntArray(arrays, 'calibrator.offsets', width), [width]);
  return to.op('Sigmoid', [to.op('Add', [to.op('Mul', [odds, to.constant(slopes, [width])]), offsets])]);
}

/** Piecewise linear curves: knots are counted to find the two that a probability lies between. */
function curves(to: OnnxWriter, proba: string, arrays: Arrays, width: number): string {
  const starts = learntArray(arrays, 'calibrator.starts', width + 1);
  const [knots, values] = ['knots', 'values'].map((name) => learntArray(arrays, `calibrator.${name}`, starts[width]));
  const most = Math.max(...Array.from({ length: width }, (_, k) => starts[k + 1] - starts[k]));
  const padded = new Float64Array(width * most).fill(Infinity);
  for (let k = 0; k < width; k++) padded.set(knots.subarray(starts[k], starts[k + 1]), k * most);
  const passed = to.op('GreaterOrEqual', [to.op('Unsqueeze', [proba, to.wholes(2)]), to.constant(padded, [width, most])]);
  const count = to.op('ReduceSum', [to.cast(passed, 'int64'), to.wholes(2)], { attributes: { keepdims: { i: 0 } } });
  const ends = Array.from({ length: width }, (_, k) => starts[k + 1] - 1);
  const place = (shift: number): string => {
    const at = to.op('Add', [count, to.wholes(...Array.from({ length: width }, (_, k) => starts[k] + shift))]);
    return to.op('Min', [to.op('Max', [at, to.wholes(...starts.subarray(0, width))]), to.wholes(...ends)]);
  };
  const [x, y] = [knots, values].map((data) => to.constant(data, [data.length]));
  const [low, high] = [place(-1), place(0)];
  const at = (data: string, where: string): string => to.op('Gather', [data, where]);
  const [x0, y0] = [at(x, low), at(y, low)];
  const wide = to.op('Max', [to.op('Sub', [at(x, high), x0]), to.double(Number.MIN_VALUE)]); // beyond the ends both knots are one, and nothing rises
  const rise = to.op('Mul', [to.op('Sub', [at(y, high), y0]), to.op('Sub', [proba, x0])]);
  return to.op('Add', [y0, to.op('Div', [rise, wide])]);
}

/** Each row divided by its sum; a row of zeros gives equal probabilities. */
function normalised(to: OnnxWriter, weights: string, width: number): string {
  const sums = to.rowSums(weights);
  const zero = to.double(0);
  const divided = to.op('Div', [weights, to.op('Max', [sums, to.double(Number.MIN_VALUE)])]);
  return to.cast(to.op('Where', [to.op('Greater', [sums, zero]), divided, to.double(1 / width)]), 'float');
}
