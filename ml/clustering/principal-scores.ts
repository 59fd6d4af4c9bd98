import type { Tensor } from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow.js';
import { InvalidConfigError, NativeLibraryError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { rowTensors } from './row-tensors.js';

interface NodeBackend {
  readonly binding: { readonly TF_ATTR_TYPE: number; readonly TF_ATTR_BOOL: number; readonly TF_FLOAT: number };
  executeMultipleOutputs(name: string, attributes: readonly { name: string; type: number; value: number | boolean }[], inputs: readonly Tensor[], outputs: number): Tensor[];
}

/** Rows projected onto principal components. */
export interface PrincipalScores {
  /** float32, [rows, components]. */
  readonly scores: Matrix<Float32Array>;
  /** Share of the variance of the fitted rows that is kept, in (0, 1]. */
  readonly explained: number;
}

/**
 * Projects the rows onto the first principal components of the first `fitRows` of them: covariance by TensorFlow products,
 * eigenvectors by its SelfAdjointEigV2. Each component's largest loading is positive. For searches and clusters; float32.
 * @throws InvalidConfigError when more components than columns or rows are asked for; InvalidDataError for values not finite.
 */
export function principalScores(
  tf: TensorFlow, x: Matrix, { components, fitRows = x.rows }: { readonly components: number; readonly fitRows?: number },
): PrincipalScores {
  if (!(components >= 1 && components <= Math.min(x.columns, fitRows) && fitRows <= x.rows)) {
    throw new InvalidConfigError(`PCA: ${components} components of ${fitRows} of ${x.rows} rows with ${x.columns} columns; expected at most as many as rows and columns.`);
  }
  const fitted = rowTensors(tf, { ...x, rows: fitRows, data: x.data.subarray(0, fitRows * x.columns) } as Matrix);
  const { loadings, explained } = tf.tidy(() => {
    let covariance = tf.zeros([x.columns, x.columns]);
    for (const { x: block } of fitted.blocks) covariance = tf.add(covariance, tf.matMul(block, block, true, false));
    return eigenvectors(tf, covariance, components);
  });
  const data = new Float32Array(x.rows * components);
  const right = tf.tensor2d(loadings, [components, x.columns]);
  const project = ({ blocks }: typeof fitted, from: number, shift: Float64Array): void => {
    for (const { first, x: block } of blocks) {
      const product = tf.matMul(block, right, false, true);
      const values = product.dataSync() as Float32Array;
      product.dispose();
      for (let i = 0, to = (from + first) * components; i < values.length; i++, to++) data[to] = values[i] + shift[i % components];
    }
  };
  project(fitted, 0, new Float64Array(components));
  fitted.dispose();
  if (fitRows < x.rows) {
    const rest = rowTensors(tf, { ...x, rows: x.rows - fitRows, data: x.data.subarray(fitRows * x.columns) } as Matrix);
    const shift = new Float64Array(components); // the rest was centred on its own mean
    for (let c = 0; c < components; c++) {
      for (let column = 0; column < x.columns; column++) shift[c] += loadings[c * x.columns + column] * (rest.mean[column] - fitted.mean[column]);
    }
    project(rest, fitRows, shift);
    rest.dispose();
  }
  right.dispose();
  return { scores: { rows: x.rows, columns: components, data }, explained };
}

function eigenvectors(tf: TensorFlow, covariance: Tensor, components: number): { loadings: Float32Array; explained: number } {
  const columns = covariance.shape[0] ?? 0;
  const backend = tf.backend() as unknown as NodeBackend;
  const [values, vectors] = backend.executeMultipleOutputs('SelfAdjointEigV2', [
    { name: 'compute_v', type: backend.binding.TF_ATTR_BOOL, value: true },
    { name: 'T', type: backend.binding.TF_ATTR_TYPE, value: backend.binding.TF_FLOAT },
  ], [covariance], 2);
  if (!values || !vectors) throw new NativeLibraryError('SelfAdjointEigV2 gave fewer than two outputs.');
  const spectrum = values.dataSync() as Float32Array; // ascending
  const byColumn = vectors.dataSync() as Float32Array; // [column, eigenvector]
  const loadings = new Float32Array(components * columns);
  let kept = 0;
  for (let c = 0; c < components; c++) {
    const from = columns - 1 - c;
    kept += spectrum[from];
    let largest = 0;
    for (let row = 0; row < columns; row++) {
      const value = byColumn[row * columns + from];
      loadings[c * columns + row] = value;
      if (Math.abs(value) > Math.abs(largest)) largest = value;
    }
    if (largest < 0) for (let row = 0; row < columns; row++) loadings[c * columns + row] *= -1;
  }
  const total = spectrum.reduce((sum, value) => sum + Math.max(0, value), 0);
  return { loadings, explained: total > 0 ? kept / total : 1 };
}
