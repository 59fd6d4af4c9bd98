import type { TensorFlow } from '../../native/tensorflow-js.js';
import type { Matrix } from '../matrix.js';
import type { RowTensors } from './row-tensors.js';

/** Scalar products of every row with some points, block by block: `take` gets [rows, points] and the block's first row. */
export function blockProducts(
  tf: TensorFlow, { blocks }: RowTensors, points: Matrix<Float32Array>,
  take: (products: Float32Array, first: number, rows: number) => void,
): void {
  const right = tf.tensor2d(points.data, [points.rows, points.columns]);
  for (const { first, rows, x } of blocks) {
    const product = tf.matMul(x, right, false, true);
    take(product.dataSync() as Float32Array, first, rows);
    product.dispose();
  }
  right.dispose();
}
