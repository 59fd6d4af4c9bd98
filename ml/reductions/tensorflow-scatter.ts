import { tensorFlowOps } from '../../native/tensorflow-js-ops.js';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import type { Matrix } from '../matrix.js';
import { columnRange } from './column-range.js';
import type { Scatter } from './scatter.js';

type Tensor2D = ReturnType<TensorFlow['tensor2d']>;

/** Whole numbers up to 128 in size have products up to 2^14: float32 adds 2^10 of them without rounding. */
const STEPS = 128;
const CHUNK = 1024;
/** 2^31 / (2^10 x 2^14), halved: chunks that an int32 holds. */
const CHUNKS_HELD = 64;
/** The products are symmetric: of so many blocks of columns, each meets itself and those after it. */
const BLOCKS = 4;

/**
 * The scatter by TensorFlow's matrix products, with nothing lost to float32. Values are counted in whole steps from a shift
 * (pixels: from 128 while they are multiplied; floats: from the mean, in 127ths of the largest distance), and 1,024 rows of whole numbers are summed
 * exactly. What floats leave between steps is multiplied apart and added in float64: an error of about 1e-10 of the largest
 * product, where a float32 sum would have 1e-5.
 * @param labels class of each row, below `classes`; all rows are class 0 where absent.
 * @throws InvalidDataError for a number that is not finite.
 */
export function tensorFlowScatter(tf: TensorFlow, x: Matrix, labels: Uint8Array | undefined, classes: number, working: () => void): Scatter {
  const { rows, columns } = x;
  const source = x.data instanceof Uint8Array ? pixelSource(tf, x as Matrix<Uint8Array>) : floatSource(tf, x as Matrix<Float32Array>);
  const edges = Array.from({ length: BLOCKS + 1 }, (_, block) => Math.round((columns * block) / BLOCKS));
  const counts = new Float64Array(classes);
  const sums = new Float64Array(classes * columns);
  const products = new Float64Array(columns * columns);
  let held: Tensor2D[] = [];
  for (let from = 0, chunk = 1; from < rows; from += CHUNK, chunk++) {
    working();
    const to = Math.min(rows, from + CHUNK);
    for (let row = from; row < to; row++) counts[labels ? labels[row] : 0]++;
    const before = held;
    held = tf.tidy(() => {
      const { whole, rest } = source.read(from, to);
      const members = labels ? (tf.oneHot(tf.tensor1d(labels.subarray(from, to), 'int32'), classes).cast('float32') as Tensor2D) : (tf.ones([to - from, 1]) as Tensor2D);
      addTo(sums, tf.matMul(members, whole, true));
      if (rest) {
        addTo(sums, tf.matMul(members, rest, true));
        addWithTranspose(products, tf.matMul(whole.add(rest.mul(0.5)) as Tensor2D, rest, true), columns);
      }
      return symmetricBlocks(tf, whole, edges).map((block, k) => (before[k] ? block.add(before[k]) : block) as Tensor2D);
    });
    before.forEach((block) => block.dispose());
    if (chunk % CHUNKS_HELD === 0 || to === rows) {
      pairsOfBlocks().forEach(([a, b], k) => addBlock(products, held[k], edges[a], edges[b], columns));
      held.forEach((block) => block.dispose());
      held = [];
    }
  }
  source.dispose();
  if (source.countedFrom !== 0) countFromZero({ counts, sums, products }, columns, source.countedFrom);
  return { rows, columns, counts, sums, products, shift: source.shift, scale: source.scale };
}

/**
 * Sums and products of z from those of z - start, all whole numbers. A pixel that is nearly always blank then has small sums, whose
 * differences cancel nothing.
 */
function countFromZero({ counts, sums, products }: Pick<Scatter, 'counts' | 'sums' | 'products'>, columns: number, start: number): void {
  const totals = new Float64Array(columns);
  for (let i = 0; i < sums.length; i++) totals[i % columns] += sums[i];
  const rows = counts.reduce((sum, count) => sum + count, 0);
  for (let a = 0, i = 0; a < columns; a++) {
    for (let b = 0; b < columns; b++, i++) products[i] += start * (totals[a] + totals[b]) + start * start * rows;
  }
  for (let i = 0; i < sums.length; i++) sums[i] += start * counts[Math.floor(i / columns)];
}

interface Source {
  /** What is taken from whole numbers before they are multiplied, and put back in the end. */
  readonly countedFrom: number;
  readonly shift: Float64Array;
  readonly scale: Float64Array;
  /** Rows as whole steps, and what is left between them. */
  read(from: number, to: number): { whole: Tensor2D; rest?: Tensor2D };
  dispose(): void;
}

function pixelSource(tf: TensorFlow, { columns, data }: Matrix<Uint8Array>): Source {
  const ops = tensorFlowOps(tf);
  return {
    countedFrom: STEPS,
    shift: new Float64Array(columns),
    scale: new Float64Array(columns).fill(1 / 255),
    read: (from, to) => ({ whole: ops.floatsOfBytes(data.subarray(from * columns, to * columns)).sub(STEPS).reshape<Tensor2D>([to - from, columns]) }),
    dispose() {
      // holds no tensor between reads
    },
  };
}

function floatSource(tf: TensorFlow, x: Matrix<Float32Array>): Source {
  const { mean, reach } = columnRange(x);
  const shift = Float32Array.from(mean);
  const scale = reach.map((distance) => distance / (STEPS - 1));
  const middle = tf.tensor1d(shift);
  const inverse = tf.tensor1d(Float32Array.from(scale, (step) => (step > 0 ? 1 / step : 0)));
  return {
    countedFrom: 0,
    shift: Float64Array.from(shift),
    // As float32 rounds the inverse, so that steps times scale gives the value back.
    scale: scale.map((step) => (step > 0 ? 1 / Math.fround(1 / step) : 0)),
    read(from, to) {
      const rows = tf.tensor2d(x.data.subarray(from * x.columns, to * x.columns), [to - from, x.columns]);
      const steps = rows.sub(middle).mul<Tensor2D>(inverse);
      const whole = steps.round();
      return { whole, rest: steps.sub(whole) };
    },
    dispose() {
      middle.dispose();
      inverse.dispose();
    },
  };
}

function symmetricBlocks(tf: TensorFlow, whole: Tensor2D, edges: readonly number[]): Tensor2D[] {
  const parts = tf.split(whole, edges.slice(1).map((edge, k) => edge - edges[k]), 1);
  return pairsOfBlocks().map(([a, b]) => tf.matMul(parts[a], parts[b], true).cast('int32'));
}

/** Each block with itself and with those after it. */
function pairsOfBlocks(): [number, number][] {
  const blocks = Array.from({ length: BLOCKS }, (_, block) => block);
  return blocks.flatMap((a) => blocks.slice(a).map((b): [number, number] => [a, b]));
}

function addBlock(products: Float64Array, block: Tensor2D, top: number, left: number, columns: number): void {
  const values = block.dataSync();
  const [height, width] = block.shape;
  for (let a = 0, i = 0; a < height; a++) {
    for (let b = 0; b < width; b++, i++) {
      products[(top + a) * columns + left + b] += values[i];
      if (top !== left) products[(left + b) * columns + top + a] += values[i];
    }
  }
}

function addTo(sums: Float64Array, tensor: Tensor2D): void {
  const values = tensor.dataSync();
  for (let i = 0; i < values.length; i++) sums[i] += values[i];
}

function addWithTranspose(products: Float64Array, tensor: Tensor2D, columns: number): void {
  const values = tensor.dataSync();
  for (let a = 0; a < columns; a++) {
    for (let b = 0; b < columns; b++) products[a * columns + b] += values[a * columns + b] + values[b * columns + a];
  }
}
