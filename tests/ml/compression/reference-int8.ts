import type { TfliteGraph, TfliteTensor } from '../../../ml/export/tflite/tflite-graph.js';
import { windowSize } from '../../../ml/compression/window-size.js';

const at = <T>(values: ArrayLike<T>, index: number): T => {
  const value = values[index];
  if (value === undefined) throw new RangeError(`index ${index} of ${values.length}`);
  return value;
};

/** Nearest whole number, ties to even. */
export function nearestEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
}

/** A slow and plain int8 interpreter: the definition, one number after another. Returns the int8 logits of one image. */
export function referenceLogits(graph: TfliteGraph, image: Int8Array): number[] {
  let values: number[] = Array.from(image);
  for (const operator of graph.operators) {
    if (operator.type === 'reshape') continue;
    if (operator.type === 'softmax') return values;
    if (operator.type !== 'conv2d' && operator.type !== 'maxPool2d' && operator.type !== 'fullyConnected') throw new Error(`a ${operator.type}`);
    const [input, weights, bias] = operator.inputs.map((index) => at(graph.tensors, index)) as [TfliteTensor, TfliteTensor, TfliteTensor];
    const output = at(graph.tensors, at(operator.outputs, 0));
    const zero = at(input.quantization!.zeroPoints, 0);
    const pixel = (y: number, x: number, c: number): number | undefined => {
      const [, height, width, channels] = input.shape as [number, number, number, number];
      return y < 0 || x < 0 || y >= height || x >= width ? undefined : values[(y * width + x) * channels + c];
    };
    const requantized = (sum: number, channel: number): number => {
      const outScale = at(output.quantization!.scales, 0);
      const scaled = Math.fround(at(input.quantization!.scales, 0) * at(weights.quantization!.scales, channel));
      const outZero = at(output.quantization!.zeroPoints, 0);
      const result = nearestEven(Math.fround(Math.fround(sum) * Math.fround(scaled / outScale))) + outZero;
      const low = 'activation' in operator && operator.activation === 'relu' ? Math.max(-128, outZero) : -128;
      return Math.min(127, Math.max(low, result));
    };
    switch (operator.type) {
      case 'conv2d': {
        const [, kernelHeight, kernelWidth, channels] = weights.shape as [number, number, number, number];
        const [, height, width, outputs] = output.shape as [number, number, number, number];
        const top = windowSize(at(input.shape, 1), kernelHeight, operator.strides[0], operator.padding).before;
        const left = windowSize(at(input.shape, 2), kernelWidth, operator.strides[1], operator.padding).before;
        const next: number[] = [];
        for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) for (let o = 0; o < outputs; o++) {
          let sum = at(bias.data!, o);
          for (let ky = 0; ky < kernelHeight; ky++) for (let kx = 0; kx < kernelWidth; kx++) for (let c = 0; c < channels; c++) {
            const value = pixel(y * operator.strides[0] + ky - top, x * operator.strides[1] + kx - left, c);
            if (value !== undefined) sum += (value - zero) * at(weights.data!, ((o * kernelHeight + ky) * kernelWidth + kx) * channels + c);
          }
          next.push(requantized(sum, o));
        }
        values = next;
        break;
      }
      case 'maxPool2d': {
        const [, height, width, channels] = output.shape as [number, number, number, number];
        const top = windowSize(at(input.shape, 1), operator.poolSize[0], operator.strides[0], operator.padding).before;
        const left = windowSize(at(input.shape, 2), operator.poolSize[1], operator.strides[1], operator.padding).before;
        const next: number[] = [];
        for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) for (let c = 0; c < channels; c++) {
          let largest = -128;
          for (let ky = 0; ky < operator.poolSize[0]; ky++) for (let kx = 0; kx < operator.poolSize[1]; kx++) {
            largest = Math.max(largest, pixel(y * operator.strides[0] + ky - top, x * operator.strides[1] + kx - left, c) ?? -128);
          }
          next.push(largest);
        }
        values = next;
        break;
      }
      case 'fullyConnected':
        values = Array.from({ length: at(weights.shape, 0) }, (_, o) =>
          requantized(values.reduce((sum, value, i) => sum + (value - zero) * at(weights.data!, o * values.length + i), at(bias.data!, o)), o),
        );
    }
  }
  return values;
}
