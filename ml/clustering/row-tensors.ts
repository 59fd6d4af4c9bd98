import type { Tensor2D } from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { unitOf } from '../unit-of.js';

/** Rows as TensorFlow holds them: centred on the columns' means, in blocks of equal size (the last may be smaller). */
export interface RowTensors {
  readonly blocks: readonly { readonly first: number; readonly rows: number; readonly x: Tensor2D }[];
  /** Means of the columns, in the matrix's own meaning (pixels in [0, 1]). */
  readonly mean: Float64Array;
  /** Squared length of each centred row, [rows]. */
  readonly squares: Float64Array;
  dispose(): void;
}

const BLOCK = 6000; // rows: a product's block of scores stays in the cache

/**
 * Centres the rows and hands them to TensorFlow once. Centring keeps float32 products exact enough for distances.
 * @throws InvalidDataError naming the first value that is not finite.
 */
export function rowTensors(tf: TensorFlow, matrix: Matrix): RowTensors {
  const { rows, columns, data } = matrix;
  const unit = unitOf(matrix);
  const mean = new Float64Array(columns);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) mean[column] += data[at];
  }
  for (let column = 0; column < columns; column++) mean[column] *= unit / rows;
  const squares = new Float64Array(rows);
  const blocks: { first: number; rows: number; x: Tensor2D }[] = [];
  const dispose = (): void => blocks.forEach(({ x }) => x.dispose());
  for (let first = 0; first < rows; first += BLOCK) {
    const size = Math.min(BLOCK, rows - first);
    const centred = new Float32Array(size * columns);
    for (let i = 0, to = 0, at = first * columns; i < size; i++) {
      let square = 0;
      for (let column = 0; column < columns; column++, at++, to++) {
        const value = Math.fround(data[at] * unit - mean[column]);
        centred[to] = value;
        square += value * value;
      }
      squares[first + i] = square;
      if (!Number.isFinite(square)) {
        dispose();
        throw new InvalidDataError(`row ${badRow(matrix)} holds a value that is not a finite number; remove or mend it.`);
      }
    }
    blocks.push({ first, rows: size, x: tf.tensor2d(centred, [size, columns]) });
  }
  return { blocks, mean, squares, dispose };
}

function badRow({ columns, data }: Matrix): number {
  return Math.floor(data.findIndex((value: number) => !Number.isFinite(value)) / columns);
}
