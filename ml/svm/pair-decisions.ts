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
  const blocks = blocksOf(starts, weights);

  return (x) => {
    const out = new Float64Array(x.rows * PAIRS.length);
    for (let from = 0; from < x.rows; from += RIGHT_BLOCK) {
      const count = Math.min(RIGHT_BLOCK, x.rows - from);
      tiles.takeRightRange(prepareRows(rowsBetween(x, from, from + count), kernel, centre), 0, count);
      for (let pair = 0; pair < PAIRS.length; pair++) sums.fill(biases[pair], pair * RIGHT_BLOCK, pair * RIGHT_BLOCK + count);
      for (const { own, first, last, terms } of blocks) {
        tiles.values(begins[own] + first, begins[own] + last);
        for (const term of terms) tiles.accumulate(term.rows, term.weights, sums, term.pair * RIGHT_BLOCK, count);
      }
      for (let row = 0, to = from * PAIRS.length; row < count; row++) {
        for (let pair = 0; pair < PAIRS.length; pair++, to++) out[to] = sums[pair * RIGHT_BLOCK + row];
      }
    }
    return out;
  };
}

/** Vectors of a class whose values are computed at once. */
interface Block {
  readonly own: number;
  /** Counted within the class. */
  readonly first: number;
  readonly last: number;
  /** For each pair that has vectors of the block: their places in the block, and weights. */
  readonly terms: readonly { readonly pair: number; readonly rows: Uint8Array; readonly weights: Float64Array }[];
}

function blocksOf(starts: Int32Array, weights: Float32Array): Block[] {
  const blocks: Block[] = [];
  for (let own = 0; own < CLASSES; own++) {
    const total = starts[own + 1] - starts[own];
    for (let first = 0; first < total; first += LEFT_BLOCK) {
      const last = Math.min(total, first + LEFT_BLOCK);
      const terms = PAIRS.flatMap(([a, b], pair) => {
        if (a !== own && b !== own) return [];
        const place = placeAmongOthers(own, own === a ? b : a);
        const all = Float64Array.from({ length: last - first }, (_, row) => weights[(starts[own] + first + row) * OTHERS + place]);
        const rows = Uint8Array.from(all.keys()).filter((row) => all[row] !== 0);
        return rows.length > 0 ? [{ pair, rows, weights: Float64Array.from(rows, (row) => all[row]) }] : [];
      });
      blocks.push({ own, first, last, terms });
    }
  }
  return blocks;
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
