import type * as tfTypes from '@tensorflow/tfjs-node';
import { loadTensorFlow } from '../../native/tensorflow.js';
import type { TensorFlow } from '../../native/tensorflow.js';
import { NativeLibraryError } from '../../shared/errors.js';
import { rowsBetween } from '../matrix.js';
import type { Matrix } from '../matrix.js';
import { asFloats } from '../models/as-floats.js';

const BLOCK = 5000; // rows that are floats at once

/** The part of tfjs-node's backend that runs TensorFlow's kernels by name. */
interface NodeBackend {
  readonly binding: { readonly TF_ATTR_TYPE: number; readonly TF_ATTR_BOOL: number; readonly TF_FLOAT: number };
  executeMultipleOutputs(name: string, attributes: readonly object[], inputs: readonly tfTypes.Tensor[], outputs: number): tfTypes.Tensor[];
}

/**
 * The rows in the coordinates of their first `components` principal axes (of all columns where there are fewer), in the order of
 * falling variance: what t-SNE and UMAP are usually given. Pixels are divided by 255. Each axis points to where its largest
 * loading is positive. Covariance by TensorFlow's matMul, axes by its SelfAdjointEigV2.
 * @param onProgress called after each block of rows; may throw to end it.
 * @throws NativeLibraryError when TensorFlow cannot be loaded or TensorFlow.js runs on another backend than libtensorflow.
 */
export async function onPrincipalAxes(x: Matrix, components: number, onProgress?: (fraction: number) => void): Promise<Matrix<Float32Array>> {
  const { tf } = await loadTensorFlow();
  const kept = Math.min(components, x.columns);
  const data = new Float32Array(x.rows * kept);
  const blocks = Math.ceil(x.rows / BLOCK);
  let done = 0;
  const eachBlock = (use: (block: tfTypes.Tensor2D, from: number) => void): void => {
    for (let from = 0; from < x.rows; from += BLOCK) {
      const rows = asFloats(rowsBetween<Float32Array | Uint8Array>(x, from, Math.min(from + BLOCK, x.rows)));
      tf.tidy(() => use(tf.tensor2d(rows.data, [rows.rows, rows.columns]), from));
      onProgress?.(++done / (3 * blocks));
    }
  };
  const [mean, scatter] = tf.tidy(() => [tf.zeros([x.columns]).variable(false), tf.zeros([x.columns, x.columns]).variable(false)]);
  const held: tfTypes.Tensor[] = [mean, scatter];
  try {
    eachBlock((block) => mean.assign(tf.add(mean, tf.div(tf.sum(block, 0), x.rows))));
    eachBlock((block) => {
      const centred = tf.sub(block, mean);
      scatter.assign(tf.add(scatter, tf.matMul(centred, centred, true)));
    });
    const axes = principalAxes(tf, scatter, kept);
    held.push(axes);
    eachBlock((block, from) => data.set(tf.matMul(tf.sub(block, mean), axes).dataSync() as Float32Array, from * kept));
  } finally {
    tf.dispose(held);
  }
  return { rows: x.rows, columns: kept, data };
}

/** Columns: the eigenvectors of the `kept` largest eigenvalues, largest first. */
function principalAxes(tf: TensorFlow, symmetric: tfTypes.Tensor, kept: number): tfTypes.Tensor2D {
  const backend = tf.backend() as unknown as Partial<NodeBackend>;
  if (!isNodeBackend(backend)) throw new NativeLibraryError(`TensorFlow.js runs on its ${tf.getBackend()} backend, which has no SelfAdjointEigV2.`);
  const { binding } = backend;
  const attributes = [
    { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: 'compute_v', type: binding.TF_ATTR_BOOL, value: true },
  ];
  return tf.tidy(() => {
    const [, vectors] = backend.executeMultipleOutputs('SelfAdjointEigV2', attributes, [symmetric], 2); // eigenvalues ascend
    if (!vectors) throw new NativeLibraryError('SelfAdjointEigV2 gave no eigenvectors.');
    const size = symmetric.shape[0];
    const largest = tf.reverse(tf.slice(vectors, [0, size - kept], [size, kept]), 1);
    return tf.tensor2d(turned(largest.dataSync() as Float32Array, size, kept), [size, kept]);
  });
}

function turned(axes: Float32Array, size: number, kept: number): Float32Array {
  for (let axis = 0; axis < kept; axis++) {
    let largest = 0;
    for (let i = axis; i < size * kept; i += kept) if (Math.abs(axes[i]) > Math.abs(largest)) largest = axes[i];
    if (largest >= 0) continue;
    for (let i = axis; i < size * kept; i += kept) axes[i] = -axes[i];
  }
  return axes;
}

function isNodeBackend(backend: Partial<NodeBackend>): backend is NodeBackend {
  return backend.executeMultipleOutputs !== undefined && backend.binding !== undefined;
}
