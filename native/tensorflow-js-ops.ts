import type * as tfTypes from '@tensorflow/tfjs-node';
import { NativeLibraryError } from '../shared/errors.js';
import type { TensorFlow } from './tensorflow-js.js';

type Tensor = tfTypes.Tensor;

/**
 * TensorFlow's own kernels that tfjs-node holds but whose gradients or fusions it does not use. TensorFlow.js derives
 * relu's gradient from five element-wise operations (28 times ReluGrad's cost on one thread) and broadcasts biases.
 */
export interface TensorFlowOps {
  /** x + b along the last axis. */
  biasAdd(x: Tensor, bias: Tensor): Tensor;
  /** Sum over all axes but the last. */
  biasAddGrad(dy: Tensor): Tensor;
  relu(x: Tensor): Tensor;
  /** dy where the relu's output is positive, 0 elsewhere. */
  reluGrad(dy: Tensor, output: Tensor): Tensor;
  /** `chosen` where the mask is true, `otherwise` elsewhere; broadcasts. */
  select(mask: Tensor, chosen: Tensor, otherwise: Tensor): Tensor;
  /** Cross-entropy of each row [rows] and its gradient [rows, classes]. */
  softmaxCrossEntropy(logits: Tensor, targets: Tensor): [Tensor, Tensor];
  /** Eigenvalues, ascending, and eigenvectors (the columns) of a symmetric float32 matrix. */
  symmetricEigen(matrix: Tensor): [Tensor, Tensor];
  /** Bytes as float32 0..255; the bytes are copied, then converted by TensorFlow's threads. */
  floatsOfBytes(bytes: Uint8Array): Tensor;
  /** The lower triangular L of a positive definite A = L L'; throws TensorFlow's error when A is not. */
  cholesky(a: Tensor): Tensor;
  /** The x of L x = right, or of L' x = right when `adjoint`. */
  solveLower(lower: Tensor, right: Tensor, adjoint: boolean): Tensor;
}

interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | boolean;
}

interface NodeBackend {
  readonly binding: { readonly TF_ATTR_TYPE: number; readonly TF_ATTR_BOOL: number; readonly TF_FLOAT: number; readonly TF_UINT8: number };
  executeSingleOutput(name: string, attributes: readonly Attribute[], inputs: readonly Tensor[]): Tensor;
  executeMultipleOutputs(name: string, attributes: readonly Attribute[], inputs: readonly Tensor[], outputs: number): Tensor[];
}

/**
 * The kernels of a loaded TensorFlow, for float32 tensors.
 * @throws NativeLibraryError when TensorFlow.js runs on another backend than libtensorflow.
 */
export function tensorFlowOps(tf: TensorFlow): TensorFlowOps {
  const backend = tf.backend() as unknown as Partial<NodeBackend>;
  if (!isNodeBackend(backend)) {
    throw new NativeLibraryError(`TensorFlow.js runs on its ${tf.getBackend()} backend, which cannot run TensorFlow's kernels by name.`);
  }
  const { TF_ATTR_TYPE: type, TF_ATTR_BOOL: bool, TF_FLOAT, TF_UINT8 } = backend.binding;
  const float = [{ name: 'T', type, value: TF_FLOAT }];
  const decode = [{ name: 'out_type', type, value: TF_UINT8 }, { name: 'little_endian', type: bool, value: true }];
  const cast = [{ name: 'SrcT', type, value: TF_UINT8 }, { name: 'DstT', type, value: TF_FLOAT }, { name: 'Truncate', type: bool, value: false }];
  return {
    biasAdd: (x, bias) => backend.executeSingleOutput('BiasAdd', float, [x, bias]),
    biasAddGrad: (dy) => backend.executeSingleOutput('BiasAddGrad', float, [dy]),
    relu: (x) => backend.executeSingleOutput('Relu', float, [x]),
    reluGrad: (dy, output) => backend.executeSingleOutput('ReluGrad', float, [dy, output]),
    select: (mask, chosen, otherwise) => backend.executeSingleOutput('SelectV2', float, [mask, chosen, otherwise]),
    softmaxCrossEntropy(logits, targets) {
      const [losses, gradient] = backend.executeMultipleOutputs('SoftmaxCrossEntropyWithLogits', float, [logits, targets], 2);
      if (!losses || !gradient) throw new NativeLibraryError('SoftmaxCrossEntropyWithLogits gave fewer than two outputs.');
      return [losses, gradient];
    },
    symmetricEigen(matrix) {
      const [values, vectors] = backend.executeMultipleOutputs('SelfAdjointEigV2', [{ name: 'compute_v', type: bool, value: true }, ...float], [matrix], 2);
      if (!values || !vectors) throw new NativeLibraryError('SelfAdjointEigV2 gave fewer than two outputs.');
      return [values, vectors];
    },
    floatsOfBytes(bytes) {
      const text = tf.tensor([bytes], [1], 'string');
      const raw = backend.executeSingleOutput('DecodeRaw', decode, [text]);
      const floats = backend.executeSingleOutput('Cast', cast, [raw]);
      text.dispose();
      raw.dispose();
      return floats;
    },
    cholesky: (a) => backend.executeSingleOutput('Cholesky', float, [a]),
    solveLower(lower, right, adjoint) {
      const flags = [{ name: 'lower', type: bool, value: true }, { name: 'adjoint', type: bool, value: adjoint }];
      return backend.executeSingleOutput('MatrixTriangularSolve', [...float, ...flags], [lower, right]);
    },
  };
}

function isNodeBackend(backend: Partial<NodeBackend>): backend is NodeBackend {
  return backend.executeSingleOutput !== undefined && backend.executeMultipleOutputs !== undefined && backend.binding !== undefined;
}
