import { InternalError } from '../../../../shared/errors.js';
import { quantizeKernel } from '../../../compression/quantize-kernel.js';
import { quantizeWeights } from '../../../compression/quantize-weights.js';
import { FEWEST_COMPRESSED } from '../../fewest-compressed.js';
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
  if (scale === undefined) return { sides, ...storedKernel(writer, data, [inputs, outputs]), ...(given && { bias: given }) };
  const { weights, scales, bias: stored } = quantizeWeights(data, given ?? new Float32Array(outputs), scale);
  return { sides, kernel: weights, scales, ...(given && { bias: stored, biasScales: scales.map((weight) => weight * scale) }) };
}

/** One output after another, in 8 bits where weights alone are to be small. */
function storedKernel({ storage }: NetworkWriter, data: Float32Array, sides: readonly [inputs: number, outputs: number]): Pick<ProductWeights, 'kernel' | 'scales'> {
  if (storage !== 'int8' || data.length < FEWEST_COMPRESSED) return { kernel: permuteElements(data, sides, [1, 0]) };
  const { stored, scales } = quantizeKernel(data, sides[1], 8);
  return { kernel: permuteElements(stored, sides, [1, 0]), scales };
}

/** Puts the kernel into the model, its axes (of `sides`, outputs first) in this order, and gives the name of its float32 form. */
export function writeKernel(writer: NetworkWriter, name: string, { kernel, scales }: ProductWeights, sides: readonly number[], order: readonly number[]): string {
  const dims = order.map((axis) => sides[axis]);
  const data = permuteElements(kernel, sides, order);
  if (data instanceof Float32Array) return writer.stored(name, dims, data);
  const constant = writer.model.constant(name, { dims, data });
  if (!scales) throw new InternalError(`The kernel ${name} is of whole numbers without scales.`);
  const axis = order.indexOf(0);
  return writer.storage === 'int8' ? scaled(writer, constant, scales, dims.length, axis) : fromWhole(writer, constant, scales, new Int8Array(scales.length), axis);
}

/** Puts the bias into the model and gives the name of its float32 form; none where it has none. */
export function writeBias(writer: NetworkWriter, name: string, { bias, biasScales }: ProductWeights): string[] {
  if (!bias) return [];
  const dims = [bias.length];
  if (bias instanceof Float32Array) return [writer.stored(name, dims, bias)];
  if (!biasScales) throw new InternalError(`The bias ${name} is of whole numbers without scales.`);
  return [fromWhole(writer, writer.model.constant(name, { dims, data: bias }), biasScales, new Int32Array(bias.length), 0)];
}

/** A Cast and a Mul, which ONNX Runtime does once; of a DequantizeLinear it would make the numbers again for every run. */
function scaled(writer: NetworkWriter, constant: string, scales: Float32Array, rank: number, axis: number): string {
  const dims = Array.from({ length: rank - axis }, (_, place) => (place === 0 ? scales.length : 1));
  return writer.node('Mul', [writer.widened(constant), writer.floats(`${constant}/scale`, dims, scales)], writer.name(`${constant}/scaled`));
}

/** Zero points of zero could be left out, but then ONNX Runtime makes no integer product of a Gemm. */
function fromWhole(writer: NetworkWriter, constant: string, scales: Float32Array, zeroPoints: Int8Array | Int32Array, axis: number): string {
  const scale = writer.floats(`${constant}/scale`, [scales.length], scales);
  const zeroPoint = writer.model.constant(writer.name(`${constant}/zero_point`), { dims: [zeroPoints.length], data: zeroPoints });
  return writer.node('DequantizeLinear', [constant, scale, zeroPoint], writer.name(`${constant}/float`), { axis: { i: axis } });
}
