/** How a field is stored: a number of its width, or an offset to a string, a vector or a table. */
export type FieldType = 'bool' | 'int8' | 'uint8' | 'int32' | 'uint32' | 'float32' | 'offset';

/** A field of a table: its published number, how it is stored, and the value that is left out. */
export type Field = readonly [slot: number, type: FieldType, absent?: number];
export type Fields = Readonly<Record<string, Field>>;

/** TFLite schema v3: first bytes after the root offset. */
export const FILE_IDENTIFIER = 'TFL3';
export const SCHEMA_VERSION = 3;

/** The tables of the TFLite schema that Digitloom writes, with the fields that it writes, under their published names and numbers. */
export const MODEL = {
  version: [0, 'uint32'], operatorCodes: [1, 'offset'], subgraphs: [2, 'offset'], description: [3, 'offset'],
  buffers: [4, 'offset'], metadata: [6, 'offset'],
} as const satisfies Fields;

export const OPERATOR_CODE = {
  deprecatedBuiltinCode: [0, 'int8'], version: [2, 'int32', 1], builtinCode: [3, 'int32'],
} as const satisfies Fields;

export const SUBGRAPH = {
  tensors: [0, 'offset'], inputs: [1, 'offset'], outputs: [2, 'offset'], operators: [3, 'offset'], name: [4, 'offset'],
} as const satisfies Fields;

export const TENSOR = {
  shape: [0, 'offset'], type: [1, 'int8'], buffer: [2, 'uint32'], name: [3, 'offset'], quantization: [4, 'offset'],
  shapeSignature: [7, 'offset'],
} as const satisfies Fields;

export const QUANTIZATION = {
  scale: [2, 'offset'], zeroPoint: [3, 'offset'], quantizedDimension: [6, 'int32'],
} as const satisfies Fields;

export const OPERATOR = {
  opcodeIndex: [0, 'uint32'], inputs: [1, 'offset'], outputs: [2, 'offset'], optionsType: [3, 'uint8'], options: [4, 'offset'],
} as const satisfies Fields;

export const BUFFER = { data: [0, 'offset'] } as const satisfies Fields;

export const METADATA = { name: [0, 'offset'], buffer: [1, 'uint32'] } as const satisfies Fields;

export const CONV_2D_OPTIONS = {
  padding: [0, 'int8'], strideW: [1, 'int32'], strideH: [2, 'int32'], activation: [3, 'int8'],
  dilationW: [4, 'int32', 1], dilationH: [5, 'int32', 1],
} as const satisfies Fields;

export const DEPTHWISE_CONV_2D_OPTIONS = {
  padding: [0, 'int8'], strideW: [1, 'int32'], strideH: [2, 'int32'], depthMultiplier: [3, 'int32'], activation: [4, 'int8'],
  dilationW: [5, 'int32', 1], dilationH: [6, 'int32', 1],
} as const satisfies Fields;

export const POOL_2D_OPTIONS = {
  padding: [0, 'int8'], strideW: [1, 'int32'], strideH: [2, 'int32'], filterWidth: [3, 'int32'], filterHeight: [4, 'int32'],
} as const satisfies Fields;

export const FULLY_CONNECTED_OPTIONS = {
  activation: [0, 'int8'], keepDims: [2, 'bool'], asymmetricInputs: [3, 'bool'],
} as const satisfies Fields;

export const RESHAPE_OPTIONS = { newShape: [0, 'offset'] } as const satisfies Fields;

export const SOFTMAX_OPTIONS = { beta: [0, 'float32'] } as const satisfies Fields;

/** AddOptions, MulOptions and SubOptions. */
export const ARITHMETIC_OPTIONS = { activation: [0, 'int8'] } as const satisfies Fields;

export const REDUCER_OPTIONS = { keepDims: [0, 'bool'] } as const satisfies Fields;

export const LEAKY_RELU_OPTIONS = { alpha: [0, 'float32'] } as const satisfies Fields;

export const GELU_OPTIONS = { approximate: [0, 'bool'] } as const satisfies Fields;

export const CONCATENATION_OPTIONS = { axis: [0, 'int32'], activation: [1, 'int8'] } as const satisfies Fields;

export const BATCH_MATMUL_OPTIONS = { adjointA: [0, 'bool'], adjointB: [1, 'bool'] } as const satisfies Fields;

/** TensorType. */
export const TENSOR_TYPES = { float32: 0, float16: 1, int32: 2, int8: 9, int4: 17 } as const;

/** Padding and ActivationFunctionType. */
export const PADDINGS = { same: 0, valid: 1 } as const;
export const ACTIVATIONS = { linear: 0, relu: 1, relu6: 3 } as const;
