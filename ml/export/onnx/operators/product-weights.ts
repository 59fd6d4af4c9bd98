import { quantizeWeights } from '../../../compression/quantize-weights.js';
import type { ValueId } from '../../network/network-graph.js';
import { permuteElements } from '../memory-layout.js';
import type { NetworkWriter } from '../network-writer.js';

/** A product's weights, with one output after another. */
export interface ProductWeights {
  /** [outputs, ...], row-major. */
  readonly sides: readonly number[];
  readonly kernel: Float32Array | Int8Array;
  readonly bias?: Float32Array | Int32Array;
  /** Of int8, one for each output. */
  readonly scales?: Float32Array;
  readonly biasScales?: Float32Array;
}

/**
 * The weights of a product whose outputs are the last side of its kernel, inputs' sides as given; in int8 (Jacob et al. 2018) where its
 * input is kept in uint8.
 */
export function productWeights(writer: NetworkWriter, { input, kernel, bias }: { readonly input: ValueId; readonly kernel: ValueId; readonly bias?: ValueId }, outputs: number): ProductWeights {
  const data = writer.data(kernel) ?? new Float32Array(0);
  const inputs = data.length / outputs;
  const given = bias === undefined ? undefined : writer.data(bias);
  const sides = [outputs, inputs];
  const scale = writer.quantizationOf(input)?.scale;
  if (scale === undefined) return { sides, kernel: permuteElements(data, [inputs, outputs], [1, 0]), ...(given && { bias: given }) };
  const { weights, scales, bias: stored } = quantizeWeights(data, given ?? new Float32Array(outputs), scale);
  return { sides, kernel: weights, scales, ...(given && { bias: stored, biasScales: scales.map((weight) => weight * scale) }) };
}

/** Puts the kernel into the model, its axes (of `sides`, outputs first) in this order, and gives the name of its float32 form. */
export function writeKernel(writer: NetworkWriter, name: string, { kernel, scales }: ProductWeights, sides: readonly number[], order: readonly number[]): string {
  const dims = order.map((axis) => sides[axis]);
  const constant = writer.model.constant(name, { dims, data: permuteElements(kernel, sides, order) });
  return scales ? fromWhole(writer, constant, scales, new Int8Array(scales.length), order.indexOf(0)) : constant;
}

/** Puts the bias into the model and gives the name of its float32 form; none where it has none. */
export function writeBias(writer: NetworkWriter, name: string, { bias, biasScales }: ProductWeights): string[] {
  if (!bias) return [];
  const constant = writer.model.constant(name, { dims: [bias.length], data: bias });
  return [biasScales ? fromWhole(writer, constant, biasScales, new Int32Array(bias.length), 0) : constant];
}

/** Zero points of zero could be left out, but then ONNX Runtime makes no integer product of a Gemm. */
function fromWhole(writer: NetworkWriter, constant: string, scales: Float32Array, zeroPoints: Int8Array | Int32Array, axis: number): string {
  const scale = writer.floats(`${constant}/scale`, [scales.length], scales);
  const zeroPoint = writer.model.constant(writer.name(`${constant}/zero_point`), { dims: [zeroPoints.length], data: zeroPoints });
  return writer.node('DequantizeLinear', [constant, scale, zeroPoint], writer.name(`${constant}/float`), { axis: { i: axis } });
}
