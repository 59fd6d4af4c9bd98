import type { Matrix } from '../matrix.js';
import { rowsBetween } from '../matrix.js';
import { CLASSES } from '../models/model.js';
import { OTHERS, PAIRS, placeAmongOthers } from './class-pairs.js';
import { kernelTiles, LEFT_BLOCK, RIGHT_BLOCK } from './kernel-tiles.js';
import { prepareRows } from './prepare-rows.js';
import type { SupportVectors } from './support-vectors.js';

const LEFT_STEP = 4; // blocks of left rows begin at a multiple of it

/**
 * Makes the function from rows [rows, columns] to their decisions in the 45 pairs, float64 [rows, 45]: kernel values of a row with every support
 * vector are computed once for all pairs. A row's decisions do not depend on the rows beside it.
 */
export function pairDecisions({ kernel, centre, vectors, starts, weights, biases }: SupportVectors): (x: Matrix<Float32Array>) => Float64Array {
  const prepared = prepareRows(vectors, kernel, centre);
  const tiles = kernelTiles(kernel, prepared.columns);
  const { order, begins } = paddedByClass(starts);
  tiles.takeLeft(prepared, order);
  const sums = new Float64Array(PAIRS.length * RIGHT_BLOCK);

  const terms = termsOf(starts, weights);

  /** Adds a class's vectors to the sums [pair, RIGHT_BLOCK] of `count` rows. */
  function addClass(own: number, count: number): void {
    const total = starts[own + 1] - starts[own];
    for (let from = 0; from < total; from += LEFT_BLOCK) {
      const to = Math.min(total, from + LEFT_BLOCK);
      const values = tiles.values(begins[own] + from, begins[own] + to);
      for (let v = from, at = 0; v < to; v++, at += RIGHT_BLOCK) {
        const vector = starts[own] + v;
        for (let term = terms.begins[vector]; term < terms.begins[vector + 1]; term++) {
          addScaled(sums, terms.pairs[term] * RIGHT_BLOCK, values, at, terms.weights[term], count);
        }
      }
    }
  }

  return (x) => {
    const out = new Float64Array(x.rows * PAIRS.length);
    for (let from = 0; from < x.rows; from += RIGHT_BLOCK) {
      const count = Math.min(RIGHT_BLOCK, x.rows - from);
      tiles.takeRightRange(prepareRows(rowsBetween(x, from, from + count), kernel, centre), 0, count);
      for (let pair = 0; pair < PAIRS.length; pair++) sums.fill(biases[pair], pair * RIGHT_BLOCK, pair * RIGHT_BLOCK + count);
      for (let own = 0; own < CLASSES; own++) addClass(own, count);
      for (let row = 0, to = from * PAIRS.length; row < count; row++) {
        for (let pair = 0; pair < PAIRS.length; pair++, to++) out[to] = sums[pair * RIGHT_BLOCK + row];
      }
    }
    return out;
  };
}

function addScaled(sums: Float64Array, at: number, values: Float32Array, from: number, weight: number, count: number): void {
  for (let i = 0; i < count; i++) sums[at + i] += weight * values[from + i];
}

/** The weights that are not zero, vector by vector. */
interface Terms {
  /** [vectors + 1] */
  readonly begins: Int32Array;
  readonly pairs: Uint8Array;
  readonly weights: Float32Array;
}

function termsOf(starts: Int32Array, weights: Float32Array): Terms {
  const vectors = weights.length / OTHERS;
  const pairOf = Array.from({ length: CLASSES }, (_, own) => Array.from({ length: CLASSES }, (_, other) => PAIRS.findIndex(([a, b]) => a === Math.min(own, other) && b === Math.max(own, other))));
  const begins = new Int32Array(vectors + 1);
  const pairs = new Uint8Array(weights.length);
  const kept = new Float32Array(weights.length);
  let end = 0;
  for (let own = 0; own < CLASSES; own++) {
    for (let vector = starts[own]; vector < starts[own + 1]; vector++) {
      for (let other = 0; other < CLASSES; other++) {
        const weight = other === own ? 0 : weights[vector * OTHERS + placeAmongOthers(own, other)];
        if (weight === 0) continue;
        pairs[end] = pairOf[own][other];
        kept[end] = weight;
        end++;
      }
      begins[vector + 1] = end;
    }
  }
  return { begins, pairs: pairs.slice(0, end), weights: kept.slice(0, end) };
}

/** The vectors in order, each class from a multiple of LEFT_STEP on: the gaps repeat a vector, whose values are not looked at. */
function paddedByClass(starts: Int32Array): { readonly order: Int32Array; readonly begins: readonly number[] } {
  const order: number[] = [];
  const begins: number[] = [];
  for (let own = 0; own < CLASSES; own++) {
    begins.push(order.length);
    for (let v = starts[own]; v < starts[own + 1]; v++) order.push(v);
    while (order.length % LEFT_STEP !== 0) order.push(starts[own]);
  }
  return { order: Int32Array.from(order), begins };
}
