/** real = scale * (stored - zeroPoint); one pair for the whole tensor, or one for each index of `dimension`. */
export interface TensorQuantization {
  readonly scales: Float32Array;
  readonly zeroPoints: Int32Array;
  readonly dimension: number;
}

export type TensorType = 'float32' | 'float16' | 'int8' | 'int4' | 'int32';

/** A constant's numbers: float16 as its bits, int4 one number a byte (packed in the file only). */
export type TensorData = Float32Array | Uint16Array | Int8Array | Int32Array;

/** A tensor: an activation, or a constant where `data` is given (row-major). */
export interface TfliteTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** The shape with -1 where an interpreter may choose (the batch); left out where it may not. */
  readonly signature?: readonly number[];
  readonly type: TensorType;
  readonly quantization?: TensorQuantization;
  readonly data?: TensorData;
}

/** Indices of tensors that an operator reads and writes. */
interface Wiring {
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

interface Window {
  readonly padding: 'same' | 'valid';
  readonly strides: readonly [number, number];
}

export type Activation = 'linear' | 'relu' | 'relu6';

/** Inputs: image [n, h, w, in], weights [out, kh, kw, in], bias [out] (int32 where the image is int8). */
export type Conv2dOperator = Wiring & Window & { readonly type: 'conv2d'; readonly activation: Activation };
/** Inputs: image [n, h, w, c], weights [1, kh, kw, c], bias [c]. */
export type DepthwiseConv2dOperator = Wiring & Window & { readonly type: 'depthwiseConv2d'; readonly activation: Activation };
export type MaxPool2dOperator = Wiring & Window & { readonly type: 'maxPool2d'; readonly poolSize: readonly [number, number] };
export type AveragePool2dOperator = Wiring & Window & { readonly type: 'averagePool2d'; readonly poolSize: readonly [number, number] };
/** Inputs: rows [..., in], weights [out, in], bias [out]. Without `keepDims` the output is [n, out]. */
export type FullyConnectedOperator = Wiring & {
  readonly type: 'fullyConnected';
  readonly activation: Activation;
  readonly keepDims: boolean;
  /** Float rows that meet int8 weights are stored with a zero point for the product. */
  readonly asymmetricInputs: boolean;
};
/** Inputs: a tensor, its new shape (int32). */
export type ReshapeOperator = Wiring & { readonly type: 'reshape'; readonly newShape: readonly number[] };
/** Along the last axis. */
export type SoftmaxOperator = Wiring & { readonly type: 'softmax'; readonly beta: number };
/** Inputs: two tensors, one of which may be repeated. */
export type ArithmeticOperator = Wiring & { readonly type: 'add' | 'mul' | 'sub'; readonly activation: Activation };
/** Inputs: a tensor, axes (int32). */
export type ReduceOperator = Wiring & { readonly type: 'mean' | 'sum' | 'reduceMax'; readonly keepDims: boolean };
export type LeakyReluOperator = Wiring & { readonly type: 'leakyRelu'; readonly alpha: number };
export type GeluOperator = Wiring & { readonly type: 'gelu'; readonly approximate: boolean };
export type ConcatenationOperator = Wiring & { readonly type: 'concatenation'; readonly axis: number };
/** [..., m, k] times [..., k, n], or times [..., n, k] with `transposeB`. */
export type BatchMatMulOperator = Wiring & { readonly type: 'batchMatMul'; readonly transposeB: boolean };
/**
 * Without settings. transpose: a tensor, the order of its axes (int32); pad: a tensor, zeros before and after each axis (int32
 * [rank, 2]); dequantize: float16 or int8 to float32; quantize: float32 or int8 to int8.
 */
export type PlainOperator = Wiring & {
  readonly type:
    | 'logistic' | 'tanh' | 'relu' | 'relu6' | 'elu' | 'log' | 'abs' | 'rsqrt' | 'squaredDifference' | 'maximum' | 'minimum'
    | 'transpose' | 'pad' | 'quantize' | 'dequantize';
};

export type TfliteOperator =
  | Conv2dOperator | DepthwiseConv2dOperator | MaxPool2dOperator | AveragePool2dOperator | FullyConnectedOperator | ReshapeOperator | SoftmaxOperator
  | ArithmeticOperator | ReduceOperator | LeakyReluOperator | GeluOperator | ConcatenationOperator | BatchMatMulOperator | PlainOperator;

/** What a `.tflite` file of ours holds: one subgraph of tensors and operators, in order of execution. */
export interface TfliteGraph {
  readonly description: string;
  readonly tensors: readonly TfliteTensor[];
  readonly operators: readonly TfliteOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Named facts for the runtime, e.g. `min_runtime_version`. */
  readonly metadata: Readonly<Record<string, Uint8Array>>;
}
