import type { TensorQuantization, TfliteGraph, TfliteOperator } from '../../../ml/export/tflite/tflite-graph.js';

type Settings<T> = T extends TfliteOperator ? Omit<T, 'inputs' | 'outputs'> : never;

const SETTINGS: readonly Settings<TfliteOperator>[] = [
  { type: 'conv2d', padding: 'same', strides: [1, 2], activation: 'relu6' },
  { type: 'depthwiseConv2d', padding: 'valid', strides: [2, 1], activation: 'relu' },
  { type: 'averagePool2d', padding: 'same', strides: [2, 3], poolSize: [4, 5] },
  { type: 'maxPool2d', padding: 'valid', strides: [1, 1], poolSize: [2, 1] },
  { type: 'fullyConnected', activation: 'linear', keepDims: true, asymmetricInputs: true },
  { type: 'fullyConnected', activation: 'relu', keepDims: false, asymmetricInputs: false },
  { type: 'add', activation: 'relu6' }, { type: 'mul', activation: 'linear' }, { type: 'sub', activation: 'relu' },
  { type: 'mean', keepDims: true }, { type: 'sum', keepDims: false }, { type: 'reduceMax', keepDims: true },
  { type: 'leakyRelu', alpha: 0.25 }, { type: 'gelu', approximate: false }, { type: 'gelu', approximate: true },
  { type: 'concatenation', axis: 2 }, { type: 'batchMatMul', transposeB: true }, { type: 'batchMatMul', transposeB: false },
  { type: 'reshape', newShape: [-1, 3] }, { type: 'softmax', beta: 0.5 },
  ...(['logistic', 'tanh', 'relu', 'relu6', 'elu', 'log', 'abs', 'rsqrt', 'squaredDifference', 'maximum', 'minimum', 'transpose', 'pad', 'quantize', 'dequantize'] as const)
    .map((type) => ({ type })),
];

const affine = (scale: number, zeroPoint: number): TensorQuantization => ({ scales: Float32Array.of(scale), zeroPoints: Int32Array.of(zeroPoint), dimension: 0 });

/** A graph that no runtime could execute: every operator of ours with settings other than the defaults, and every type of tensor. */
export const EVERY_OPERATOR: TfliteGraph = {
  description: 'every operator',
  tensors: [
    { name: 'input', shape: [1, 2], signature: [-1, 2], type: 'float32' },
    { name: 'float', shape: [2], type: 'float32', data: Float32Array.of(-0.5, 1e-9) },
    { name: 'half', shape: [3], type: 'float16', data: Uint16Array.of(0x3c00, 0xc000, 0xffff) },
    { name: 'byte', shape: [2], type: 'int8', data: Int8Array.of(-127, 127), quantization: { scales: Float32Array.of(1, 2), zeroPoints: new Int32Array(2), dimension: 1 } },
    { name: 'nibble', shape: [5], type: 'int4', data: Int8Array.of(-8, 7, -1, 0, -7), quantization: affine(0.5, 0) },
    { name: 'whole', shape: [], type: 'int32', data: Int32Array.of(-70_000) },
    { name: 'stored', shape: [1, 2], type: 'int8', quantization: affine(0.25, -3) },
  ],
  operators: SETTINGS.map((settings, index) => ({ ...settings, inputs: [0, 1 + (index % 5)], outputs: [index % 2 === 0 ? 0 : 6] }) as TfliteOperator),
  inputs: [0],
  outputs: [6],
  metadata: { min_runtime_version: Uint8Array.of(50, 46, 49) },
};
