import type { CnnLayer, CnnNetwork } from '../models/cnn-layers.js';
import { windowSize } from './window-size.js';

/** An activation map: [height, width, channels], row-major. */
interface FloatMap {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly data: Float32Array;
}

type Conv2d = Extract<CnnLayer, { type: 'conv2d' }>;
type MaxPool2d = Extract<CnnLayer, { type: 'maxPool2d' }>;
type Dense = Extract<CnnLayer, { type: 'dense' }>;

/**
 * The network in floating point, image by image: what int8 is calibrated on and compared with.
 *
 * Softmax is left to the caller: the last dense layer gives its logits.
 */
export class FloatForward {
  private readonly network: CnnNetwork;
  private readonly input: Float32Array;
  private readonly outputs: FloatMap[];

  constructor(network: CnnNetwork) {
    const [height, width, channels] = network.inputShape;
    this.network = network;
    this.input = new Float32Array(height * width * channels);
    this.outputs = [];
    let map: FloatMap = { height, width, channels, data: this.input };
    for (const layer of network.layers) {
      map = outputOf(layer, map);
      this.outputs.push(map);
    }
  }

  /** Runs one image (0..255) and returns each layer's output; the arrays are used again by the next call. */
  run(pixels: Uint8Array): readonly FloatMap[] {
    const [height, width, channels] = this.network.inputShape;
    for (let i = 0; i < this.input.length; i++) this.input[i] = pixels[i] / 255;
    let map: FloatMap = { height, width, channels, data: this.input };
    this.network.layers.forEach((layer, index) => {
      const out = this.outputs[index];
      if (layer.type === 'conv2d') convolve(layer, map, out);
      else if (layer.type === 'maxPool2d') pool(layer, map, out);
      else if (layer.type === 'dense') multiply(layer, map.data, out.data);
      map = out;
    });
    return this.outputs;
  }
}

function outputOf(layer: CnnLayer, { height, width, channels, data }: FloatMap): FloatMap {
  switch (layer.type) {
    case 'conv2d':
      return windowed(height, width, layer.kernelShape, layer, layer.kernelShape[3]);
    case 'maxPool2d':
      return windowed(height, width, layer.poolSize, layer, channels);
    case 'flatten':
      return { height: 1, width: 1, channels: data.length, data };
    case 'dense':
      return { height: 1, width: 1, channels: layer.kernelShape[1], data: new Float32Array(layer.kernelShape[1]) };
  }
}

function windowed(
  inHeight: number,
  inWidth: number,
  window: readonly number[],
  { strides, padding }: Conv2d | MaxPool2d,
  channels: number,
): FloatMap {
  const height = windowSize(inHeight, window[0], strides[0], padding).positions;
  const width = windowSize(inWidth, window[1], strides[1], padding).positions;
  return { height, width, channels, data: new Float32Array(height * width * channels) };
}

function convolve({ kernel, kernelShape, bias, strides, padding, activation }: Conv2d, input: FloatMap, out: FloatMap): void {
  const [kernelHeight, kernelWidth, inChannels, outChannels] = kernelShape;
  const top = windowSize(input.height, kernelHeight, strides[0], padding).before;
  const left = windowSize(input.width, kernelWidth, strides[1], padding).before;
  const sums = new Float64Array(outChannels);
  let to = 0;
  for (let y = 0; y < out.height; y++) {
    for (let x = 0; x < out.width; x++) {
      sums.set(bias);
      for (let ky = 0; ky < kernelHeight; ky++) {
        const inY = y * strides[0] + ky - top;
        if (inY < 0 || inY >= input.height) continue;
        for (let kx = 0; kx < kernelWidth; kx++) {
          const inX = x * strides[1] + kx - left;
          if (inX < 0 || inX >= input.width) continue;
          const from = (inY * input.width + inX) * inChannels;
          let weight = (ky * kernelWidth + kx) * inChannels * outChannels;
          for (let c = 0; c < inChannels; c++, weight += outChannels) addScaled(sums, input.data[from + c], kernel, weight);
        }
      }
      for (let c = 0; c < outChannels; c++) out.data[to++] = activation === 'relu' && sums[c] < 0 ? 0 : sums[c];
    }
  }
}

function addScaled(sums: Float64Array, value: number, kernel: Float32Array, offset: number): void {
  if (value === 0) return;
  for (let c = 0; c < sums.length; c++) sums[c] += value * kernel[offset + c];
}

function pool({ poolSize, strides, padding }: MaxPool2d, input: FloatMap, out: FloatMap): void {
  const top = windowSize(input.height, poolSize[0], strides[0], padding).before;
  const left = windowSize(input.width, poolSize[1], strides[1], padding).before;
  const { channels } = input;
  let to = 0;
  for (let y = 0; y < out.height; y++) {
    const rows = [Math.max(y * strides[0] - top, 0), Math.min(y * strides[0] - top + poolSize[0], input.height)];
    for (let x = 0; x < out.width; x++) {
      const columns = [Math.max(x * strides[1] - left, 0), Math.min(x * strides[1] - left + poolSize[1], input.width)];
      for (let c = 0; c < channels; c++) {
        let largest = -Infinity;
        for (let inY = rows[0]; inY < rows[1]; inY++) {
          for (let inX = columns[0]; inX < columns[1]; inX++) {
            largest = Math.max(largest, input.data[(inY * input.width + inX) * channels + c]);
          }
        }
        out.data[to++] = largest;
      }
    }
  }
}

function multiply({ kernel, kernelShape, bias, activation }: Dense, input: Float32Array, out: Float32Array): void {
  const [inputs, outputs] = kernelShape;
  const sums = Float64Array.from(bias);
  for (let i = 0; i < inputs; i++) addScaled(sums, input[i], kernel, i * outputs);
  for (let c = 0; c < outputs; c++) out[c] = activation === 'relu' && sums[c] < 0 ? 0 : sums[c];
}
