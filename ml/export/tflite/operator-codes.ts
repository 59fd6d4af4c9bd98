import type { TfliteOperator, TfliteTensor } from './tflite-graph.js';

/** A BuiltinOperator: its code, the version that stands for each kind of kernel, and the member of the BuiltinOptions union (0: none). */
interface OperatorCode {
  readonly code: number;
  /** float32 in, weights and out */
  readonly float: number;
  /** int8 out */
  readonly int8: number;
  /** float32 in and out, weights of whole numbers */
  readonly hybrid?: number;
  /** int4 weights */
  readonly int4?: number;
  readonly optionsType: number;
}

/** The operators under their published codes. Versions are those of TensorFlow Lite's op_version.cc for what we write. */
export const OPERATORS: Readonly<Record<TfliteOperator['type'], OperatorCode>> = {
  add: { code: 0, float: 1, int8: 2, optionsType: 11 },
  averagePool2d: { code: 1, float: 1, int8: 2, optionsType: 5 },
  concatenation: { code: 2, float: 1, int8: 2, optionsType: 10 },
  conv2d: { code: 3, float: 1, int8: 3, hybrid: 5, int4: 7, optionsType: 1 },
  depthwiseConv2d: { code: 4, float: 1, int8: 3, hybrid: 6, int4: 7, optionsType: 2 },
  dequantize: { code: 6, float: 3, int8: 2, optionsType: 0 }, // 3: of float16
  fullyConnected: { code: 9, float: 5, int8: 12, hybrid: 12, int4: 12, optionsType: 8 }, // 5: all sides kept; 12: one scale for each output
  logistic: { code: 14, float: 1, int8: 2, optionsType: 0 },
  maxPool2d: { code: 17, float: 1, int8: 2, optionsType: 5 },
  mul: { code: 18, float: 1, int8: 2, optionsType: 21 },
  relu: { code: 19, float: 1, int8: 2, optionsType: 0 },
  relu6: { code: 21, float: 1, int8: 2, optionsType: 0 },
  reshape: { code: 22, float: 1, int8: 1, optionsType: 17 },
  softmax: { code: 25, float: 1, int8: 2, optionsType: 9 },
  tanh: { code: 28, float: 1, int8: 2, optionsType: 0 },
  pad: { code: 34, float: 1, int8: 2, optionsType: 0 },
  transpose: { code: 39, float: 1, int8: 2, optionsType: 0 },
  mean: { code: 40, float: 1, int8: 2, optionsType: 27 },
  sub: { code: 41, float: 1, int8: 2, optionsType: 28 },
  maximum: { code: 55, float: 1, int8: 2, optionsType: 0 },
  minimum: { code: 57, float: 1, int8: 2, optionsType: 0 },
  log: { code: 73, float: 1, int8: 2, optionsType: 0 },
  sum: { code: 74, float: 1, int8: 2, optionsType: 27 },
  rsqrt: { code: 76, float: 1, int8: 2, optionsType: 0 },
  reduceMax: { code: 82, float: 1, int8: 2, optionsType: 27 },
  leakyRelu: { code: 98, float: 1, int8: 2, optionsType: 75 },
  squaredDifference: { code: 99, float: 1, int8: 2, optionsType: 0 },
  abs: { code: 101, float: 1, int8: 2, optionsType: 0 },
  elu: { code: 111, float: 1, int8: 1, optionsType: 0 },
  quantize: { code: 114, float: 1, int8: 1, optionsType: 0 }, // 2, from int8 to int8, is in every runtime that we name
  batchMatMul: { code: 126, float: 1, int8: 2, optionsType: 101 },
  gelu: { code: 150, float: 1, int8: 2, optionsType: 116 },
};

/** The version of an operator's kernel that its tensors ask for. */
export function operatorVersion({ type, inputs, outputs }: TfliteOperator, tensors: readonly TfliteTensor[]): number {
  const known = OPERATORS[type];
  const weights = tensors[inputs[1]]?.type;
  if (weights === 'int4' && known.int4 !== undefined) return known.int4;
  if (type === 'dequantize') return tensors[inputs[0]].type === 'float16' ? known.float : known.int8;
  if (tensors[outputs[0]].type === 'int8') return known.int8;
  return weights === 'int8' && known.hybrid !== undefined ? known.hybrid : known.float;
}
