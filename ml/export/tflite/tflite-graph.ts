/** real = scale * (stored - zeroPoint); one pair for the whole tensor, or one for each index of `dimension`. */
export interface TensorQuantization {
  readonly scales: Float32Array;
  readonly zeroPoints: Int32Array;
  readonly dimension: number;
}

/** A tensor: an activation, or a constant where `data` is given (row-major). */
export interface TfliteTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: 'int8' | 'int32';
  readonly quantization?: TensorQuantization;
  readonly data?: Int8Array | Int32Array;
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

export type Activation = 'linear' | 'relu';

/** Inputs: image [1, h, w, in], weights [out, kh, kw, in], bias int32 [out]. */
export type Conv2dOperator = Wiring & Window & { readonly type: 'conv2d'; readonly activation: Activation };
export type MaxPool2dOperator = Wiring & Window & { readonly type: 'maxPool2d'; readonly poolSize: readonly [number, number] };
/** Inputs: rows [1, in], weights [out, in], bias int32 [out]. */
export type FullyConnectedOperator = Wiring & { readonly type: 'fullyConnected'; readonly activation: Activation };
/** Inputs: a tensor, its new shape (int32). */
export type ReshapeOperator = Wiring & { readonly type: 'reshape'; readonly newShape: readonly number[] };
export type SoftmaxOperator = Wiring & { readonly type: 'softmax'; readonly beta: number };

export type TfliteOperator =
  | Conv2dOperator
  | MaxPool2dOperator
  | FullyConnectedOperator
  | ReshapeOperator
  | SoftmaxOperator;

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
