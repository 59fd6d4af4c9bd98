/** A number of the graph's `values`. */
export type ValueId = number;

/** An array of float32: an activation, or a constant where `data` is given. */
export interface NetworkValue {
  /** Unique; the layer's that gives it, and what it is where a layer gives several: `block1`, `block1/scores`, `conv1/kernel`. */
  readonly name: string;
  /** Of an activation without the batch, [] never; of a constant all sides, [] for a number. */
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data?: Float32Array;
}

/** What can be applied where a product is made, at no cost in any runtime. */
export type FusedActivation = 'linear' | 'relu' | 'relu6';

export type ActivationKind = 'relu' | 'relu6' | 'elu' | 'selu' | 'sigmoid' | 'tanh' | 'softplus' | 'swish' | 'gelu' | 'hardSigmoid' | 'leakyRelu';

interface Window {
  /** [rows, columns] */
  readonly strides: readonly [number, number];
  readonly padding: 'same' | 'valid';
}

interface Product {
  readonly input: ValueId;
  /** A constant. */
  readonly kernel: ValueId;
  /** A constant [out]; none: zeros. */
  readonly bias?: ValueId;
  readonly activation: FusedActivation;
}

/** Maps are NHWC, kernels [rows, columns, in, out]. */
export type Conv2d = Product & Window & { readonly type: 'conv2d' };
/** One filter a channel: kernel [rows, columns, channels, 1]. */
export type DepthwiseConv2d = Product & Window & { readonly type: 'depthwiseConv2d' };
/** Along the last axis of a value of any rank: kernel [in, out]. */
export type Dense = Product & { readonly type: 'dense' };
/** Borders of `same` count neither as the largest nor in the mean. */
export type Pool2d = Window & { readonly type: 'maxPool2d' | 'averagePool2d'; readonly input: ValueId; readonly size: readonly [number, number] };
/** Axes without the batch: 0 is the first after it. */
export interface Reduce { readonly type: 'reduce'; readonly how: 'mean' | 'max' | 'sum'; readonly input: ValueId; readonly axes: readonly number[]; readonly keepDims: boolean }
/** Element by element; sides of 1, and missing leading sides of a constant, are repeated. */
export interface Binary { readonly type: 'add' | 'multiply' | 'maximum' | 'minimum'; readonly a: ValueId; readonly b: ValueId }
/** `alpha` is leakyRelu's slope and elu's bound (1 where it is not given). */
export interface Activate { readonly type: 'activation'; readonly kind: ActivationKind; readonly input: ValueId; readonly alpha?: number }
/** Along the last axis. */
export interface Softmax { readonly type: 'softmax'; readonly input: ValueId }
/** (x - mean) / sqrt(variance + epsilon) along axes (without the batch). */
export interface Standardise { readonly type: 'standardise'; readonly input: ValueId; readonly axes: readonly number[]; readonly epsilon: number }
/** To the shape of its output. */
export interface Reshape { readonly type: 'reshape'; readonly input: ValueId }
/** `order` without the batch, which stays in front. */
export interface Transpose { readonly type: 'transpose'; readonly input: ValueId; readonly order: readonly number[] }
/** Zeros before and after each axis (without the batch). */
export interface Pad { readonly type: 'pad'; readonly input: ValueId; readonly before: readonly number[]; readonly after: readonly number[] }
export interface Concatenate { readonly type: 'concatenate'; readonly inputs: readonly ValueId[]; readonly axis: number }
/** [..., m, k] times [..., k, n], or times [..., n, k] with `transposeB`; both activations. */
export interface BatchMatMul { readonly type: 'batchMatMul'; readonly a: ValueId; readonly b: ValueId; readonly transposeB: boolean }

export type NetworkOperation =
  | Conv2d | DepthwiseConv2d | Dense | Pool2d | Reduce | Binary | Activate | Softmax | Standardise | Reshape | Transpose | Pad | Concatenate | BatchMatMul;

/** An operation, the layer it comes from, and the value it gives. */
export type NetworkOperator = NetworkOperation & { readonly layer: string; readonly output: ValueId };

/**
 * A trained network ready for export: a small closed set of operations on float32 arrays, in order of execution. Dropout is gone, batch
 * normalisation is folded into the product before it or is a multiplication and an addition, attention is taken apart.
 */
export interface NetworkGraph {
  readonly values: readonly NetworkValue[];
  readonly operators: readonly NetworkOperator[];
  /** [height, width, channels] in [0, 1]. */
  readonly input: ValueId;
  /** Probabilities [classes]; the last operator is a softmax. */
  readonly output: ValueId;
}
