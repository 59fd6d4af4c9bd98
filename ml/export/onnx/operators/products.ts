import { windowSize } from '../../../compression/window-size.js';
import type { BatchMatMul, Conv2d, Dense, DepthwiseConv2d, FusedActivation, NetworkOperator, Pool2d } from '../../network/network-graph.js';
import { elementsAsTheyLie } from '../memory-layout.js';
import type { NetworkWriter } from '../network-writer.js';
import type { OnnxAttribute } from '../onnx-model.js';
import { productWeights, writeBias, writeKernel } from './product-weights.js';

type Given<O> = O & Pick<NetworkOperator, 'output'>;

/** The axes of a map as ONNX wants them: channels, rows, columns. */
const CHANNELS_FIRST = [2, 0, 1];

/** A convolution, or one filter a channel. */
export function writeConv2d(writer: NetworkWriter, operator: Given<Conv2d | DepthwiseConv2d>): void {
  const [rows, columns, inputs, outputs] = writer.shape(operator.kernel);
  const isDepthwise = operator.type === 'depthwiseConv2d';
  const weights = productWeights(writer, operator, isDepthwise ? inputs : outputs);
  const sides = isDepthwise ? [inputs, rows, columns, 1] : [outputs, rows, columns, inputs];
  const kernel = writeKernel(writer, writer.nameOf(operator.kernel), weights, sides, [0, 3, 1, 2]);
  const bias = operator.bias === undefined ? [] : writeBias(writer, writer.nameOf(operator.bias), weights);
  const attributes = { ...windowAttributes(writer, operator, [rows, columns]), ...(isDepthwise && { group: { i: inputs } }) };
  giveActivated(writer, operator, 'Conv', [writer.read(operator.input, CHANNELS_FIRST), kernel, ...bias], attributes, CHANNELS_FIRST);
}

/**
 * A dense layer: Gemm on vectors, whose kernel takes the elements as they lie; a convolution of one pixel on maps with the channels
 * first; else MatMul.
 */
export function writeDense(writer: NetworkWriter, operator: Given<Dense>): void {
  const { input, kernel, bias, output } = operator;
  const shape = writer.shape(input);
  const [inputs, outputs] = writer.shape(kernel);
  const weights = productWeights(writer, operator, outputs);
  const rows = shape.map((_, axis) => axis);
  const [kernelName, biasName] = [writer.nameOf(kernel), bias === undefined ? '' : writer.nameOf(bias)];
  if (shape.length === 1) {
    const { name, layout } = writer.readFlat(input);
    const factor = writeKernel(writer, kernelName, { ...weights, kernel: withInputs(weights.kernel, elementsAsTheyLie(layout)) }, [outputs, inputs], [0, 1]);
    giveActivated(writer, operator, 'Gemm', [name, factor, ...writeBias(writer, biasName, weights)], { transB: { i: 1 } }, rows);
  } else if (shape.length === 3 && writer.orderOf(input).join() === CHANNELS_FIRST.join()) {
    const factor = writeKernel(writer, kernelName, weights, [outputs, inputs, 1, 1], [0, 1, 2, 3]);
    giveActivated(writer, operator, 'Conv', [writer.read(input, CHANNELS_FIRST), factor, ...writeBias(writer, biasName, weights)], {}, CHANNELS_FIRST);
  } else {
    const factors = [writer.read(input, rows), writeKernel(writer, kernelName, weights, [outputs, inputs], [1, 0])];
    const data = bias === undefined ? undefined : writer.data(bias);
    if (!data) giveActivated(writer, operator, 'MatMul', factors, {}, rows);
    else giveActivated(writer, operator, 'Add', [writer.node('MatMul', factors, writer.nameOf(output, 'product')), writer.floats(biasName, [outputs], data)], {}, rows);
  }
}

export function writeBatchMatMul(writer: NetworkWriter, { a, b, transposeB, output }: Given<BatchMatMul>): void {
  const order = writer.shape(output).map((_, axis) => axis);
  const [rows, columns] = order.slice(-2);
  const right = transposeB ? [...order.slice(0, -2), columns, rows] : order;
  writer.give(output, writer.node('MatMul', [writer.read(a, order), writer.read(b, right)], writer.nameOf(output)), order);
}

/** The largest is taken of uint8 as it is; means are of float32. */
export function writePool2d(writer: NetworkWriter, operator: Given<Pool2d>): void {
  const attributes = { ...windowAttributes(writer, operator, operator.size), kernel_shape: { ints: operator.size } };
  if (operator.type === 'averagePool2d') {
    writer.give(operator.output, writer.node('AveragePool', [writer.read(operator.input, CHANNELS_FIRST)], writer.nameOf(operator.output), attributes), CHANNELS_FIRST);
    return;
  }
  const kept = writer.readKept(operator.input, CHANNELS_FIRST);
  const sides = writer.shape(operator.output);
  const name = writer.node('MaxPool', [kept.name], writer.nameOf(operator.output), attributes);
  writer.giveKept(operator.output, { ...kept, name, shape: CHANNELS_FIRST.map((axis) => sides[axis]), layout: { sides, order: CHANNELS_FIRST } });
}

function windowAttributes(writer: NetworkWriter, { input, strides, padding }: Conv2d | DepthwiseConv2d | Pool2d, size: readonly number[]): Record<string, OnnxAttribute> {
  const [height, width] = writer.shape(input);
  const [rows, columns] = [windowSize(height, size[0], strides[0], padding), windowSize(width, size[1], strides[1], padding)];
  const pads = [rows.before, columns.before, rows.after, columns.after];
  return { strides: { ints: strides }, ...(pads.some((pad) => pad > 0) && { pads: { ints: pads } }) };
}

/** The kernel [outputs, inputs] with its inputs in this order. */
function withInputs<T extends Float32Array | Int8Array>(kernel: T, elements: Int32Array): T {
  return kernel.map((_, at) => kernel[at - (at % elements.length) + elements[at % elements.length]]) as T;
}

function giveActivated(
  writer: NetworkWriter, { output, activation }: { readonly output: number; readonly activation: FusedActivation }, opType: string,
  inputs: readonly string[], attributes: Readonly<Record<string, OnnxAttribute>>, order: readonly number[],
): void {
  if (activation === 'linear') return writer.give(output, writer.node(opType, inputs, writer.nameOf(output), attributes), order);
  const linear = writer.node(opType, inputs, writer.nameOf(output, 'linear'), attributes);
  writer.give(output, writeRelu(writer, linear, writer.nameOf(output), activation), order);
}

/** relu; relu6 as a Clip, which ONNX Runtime takes into the product before it. */
export function writeRelu(writer: NetworkWriter, input: string, output: string, kind: 'relu' | 'relu6'): string {
  if (kind === 'relu') return writer.node('Relu', [input], output);
  return writer.node('Clip', [input, writer.floats('clip_min', [], Float32Array.of(0)), writer.floats('clip_max', [], Float32Array.of(6))], output);
}
