import type { CnnLayer, CnnNetwork } from '../../../ml/models/cnn-layers.js';
import { createRandom } from '../../../ml/random.js';

/** The shape of a made-up network: convolutions (each with its pool where `pool` is above 1), then dense layers. */
export interface CnnShape {
  readonly side: number;
  readonly inputChannels?: number;
  readonly convolutions: readonly {
    readonly kernel: readonly [number, number];
    readonly channels: number;
    readonly stride?: number;
    readonly padding: 'valid' | 'same';
    readonly pool?: number;
    readonly activation?: 'relu' | 'linear';
  }[];
  readonly hidden: readonly number[];
  readonly classes?: number;
}

/** A network of random weights, scaled to keep activations of one size (He et al. 2015). */
export function randomCnn({ side, inputChannels = 1, convolutions, hidden, classes = 10 }: CnnShape, seed: number): CnnNetwork {
  const random = createRandom(seed);
  const weights = (count: number, inputs: number): Float32Array =>
    Float32Array.from({ length: count }, () => (random.uniform() - 0.5) * 2 * Math.sqrt(6 / inputs));
  const biases = (count: number): Float32Array => Float32Array.from({ length: count }, () => (random.uniform() - 0.5) * 0.4);
  const layers: CnnLayer[] = [];
  let [height, width, channels] = [side, side, inputChannels];
  const slide = (input: number, window: number, stride: number, padding: 'valid' | 'same'): number =>
    padding === 'same' ? Math.ceil(input / stride) : Math.floor((input - window) / stride) + 1;

  for (const { kernel, channels: outputs, stride = 1, padding, pool = 1, activation = 'relu' } of convolutions) {
    const inputs = kernel[0] * kernel[1] * channels;
    layers.push({
      type: 'conv2d', kernel: weights(inputs * outputs, inputs), kernelShape: [...kernel, channels, outputs], bias: biases(outputs),
      strides: [stride, stride], padding, activation,
    });
    [height, width, channels] = [slide(height, kernel[0], stride, padding), slide(width, kernel[1], stride, padding), outputs];
    if (pool === 1) continue;
    layers.push({ type: 'maxPool2d', poolSize: [pool, pool], strides: [pool, pool], padding });
    [height, width] = [slide(height, pool, pool, padding), slide(width, pool, pool, padding)];
  }
  layers.push({ type: 'flatten' });
  let inputs = height * width * channels;
  [...hidden, classes].forEach((outputs, index) => {
    const activation = index === hidden.length ? 'softmax' : 'relu';
    layers.push({ type: 'dense', kernel: weights(inputs * outputs, inputs), kernelShape: [inputs, outputs], bias: biases(outputs), activation });
    inputs = outputs;
  });
  return { inputShape: [side, side, inputChannels], layers };
}

/** Random pixels, most of them ground. */
export function randomImages(rows: number, columns: number, seed: number): { rows: number; columns: number; data: Uint8Array } {
  const random = createRandom(seed);
  return { rows, columns, data: Uint8Array.from({ length: rows * columns }, () => (random.uniform() < 0.6 ? 0 : random.integer(256))) };
}
