import { rowsBetween } from '../matrix.js';
import type { Matrix } from '../matrix.js';
import { asFloats } from '../models/as-floats.js';
import { createRandom, deriveSeed } from '../random.js';
import { probabilityDistance } from './probability-distance.js';

/** What answers rows. */
export type Answering = (x: Matrix) => Promise<Matrix<Float32Array>>;

/** Inputs around a row that the model is asked. */
const NEIGHBOURS = 256;
/** Neighbouring float32 numbers that each number is moved by, at most: what sums in another order come to. */
const STEPS = 2;

/** What a model and its file say of the same rows. */
export interface BothAnswers {
  readonly model: Matrix<Float32Array>;
  readonly file: Matrix<Float32Array>;
}

/**
 * Of rows on which a file of a model that jumps differs from it, those that are no tie. A row is a tie where the model gives both answers for
 * inputs that are the same but for rounding: each number moved by two neighbouring float32 numbers at most (256 inputs at random). A vote that
 * two digits share or a number at a threshold is such a row; a wrong node, leaf or neighbour is not, wherever it is.
 * @param ask the model itself
 * @param off the rows in question
 */
export async function rowsWithoutTie(ask: Answering, x: Matrix, { model, file }: BothAnswers, off: readonly number[]): Promise<number[]> {
  const without: number[] = [];
  for (const row of off) {
    const answers = await ask(neighboursOf(asFloats(rowsBetween(x, row, row + 1)).data, row));
    if (![model, file].every((one) => isAmong(answers, rowsBetween(one, row, row + 1)))) without.push(row);
  }
  return without;
}

function isAmong(answers: Matrix<Float32Array>, { data, columns }: Matrix<Float32Array>): boolean {
  const wanted = { ...answers, data: Float32Array.from(answers.data, (_, i) => data[i % columns]) };
  return probabilityDistance(answers, wanted).off.length < answers.rows;
}

/** Rows that are the given one but for rounding: first all numbers moved alike, then each by itself. Zero stays zero. */
function neighboursOf(row: Float32Array, seed: number): Matrix<Float32Array> {
  const random = createRandom(deriveSeed(seed, NEIGHBOURS));
  const columns = row.length;
  const data = new Float32Array(NEIGHBOURS * columns);
  for (let at = 0; at < NEIGHBOURS; at++) data.set(row, at * columns);
  const bits = new Int32Array(data.buffer);
  for (let i = 0; i < bits.length; i++) {
    const at = Math.floor(i / columns);
    const moved = at <= 2 * STEPS ? at - STEPS : random.integer(2 * STEPS + 1) - STEPS;
    if (data[i] !== 0) bits[i] += moved;
  }
  return { rows: NEIGHBOURS, columns, data };
}
