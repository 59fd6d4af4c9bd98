import { windowSize } from '../../../ml/compression/window-size.js';
import type { NetworkGraph, NetworkOperator, NetworkValue } from '../../../ml/export/network/network-graph.js';
import { quantizeGraph } from '../../../ml/compression/quantize-graph.js';
import type { TfliteGraph } from '../../../ml/export/tflite/tflite-graph.js';
import { createRandom } from '../../../ml/random.js';
import { observedRanges } from '../export/tflite/observed-ranges.js';

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

/** A network of random weights, scaled to keep activations of one size (He et al. 2015). Values are named by their layers: `conv0`, `conv0/kernel`, `dense1`. */
export function randomCnn({ side, inputChannels = 1, convolutions, hidden, classes = 10 }: CnnShape, seed: number): NetworkGraph {
  const random = createRandom(seed);
  const values: NetworkValue[] = [{ name: 'images', shape: [side, side, inputChannels] }];
  const operators: NetworkOperator[] = [];
  const value = (name: string, shape: readonly number[], spread?: number): number =>
    values.push({ name, shape, ...(spread !== undefined && { data: Float32Array.from({ length: shape.reduce((product, length) => product * length, 1) }, () => (random.uniform() - 0.5) * spread) }) }) - 1;
  const weights = (layer: string, shape: readonly number[]): { kernel: number; bias: number } => ({
    kernel: value(`${layer}/kernel`, shape, 2 * Math.sqrt(6 / shape.slice(0, -1).reduce((product, length) => product * length, 1))), bias: value(`${layer}/bias`, shape.slice(-1), 0.4),
  });
  let [height, width, channels, input] = [side, side, inputChannels, 0];
  const slide = (window: readonly [number, number], stride: number, padding: 'valid' | 'same'): void => {
    [height, width] = [windowSize(height, window[0], stride, padding).positions, windowSize(width, window[1], stride, padding).positions];
  };
  convolutions.forEach(({ kernel, channels: outputs, stride = 1, padding, pool = 1, activation = 'relu' }, index) => {
    const layer = `conv${index}`;
    const learnt = weights(layer, [...kernel, channels, outputs]);
    slide(kernel, stride, padding);
    channels = outputs;
    const output = value(layer, [height, width, channels]);
    operators.push({ type: 'conv2d', layer, input, ...learnt, strides: [stride, stride], padding, activation, output });
    input = output;
    if (pool === 1) return;
    slide([pool, pool], pool, padding);
    const pooled = value(`pool${index}`, [height, width, channels]);
    operators.push({ type: 'maxPool2d', layer: `pool${index}`, input, size: [pool, pool], strides: [pool, pool], padding, output: pooled });
    input = pooled;
  });
  let inputs = height * width * channels;
  const flat = value('flat', [inputs]);
  operators.push({ type: 'reshape', layer: 'flat', input, output: flat });
  input = flat;
  [...hidden, classes].forEach((outputs, index) => {
    const layer = `dense${index}`;
    const learnt = weights(layer, [inputs, outputs]);
    const output = value(layer, [outputs]);
    operators.push({ type: 'dense', layer, input, ...learnt, activation: index === hidden.length ? 'linear' : 'relu', output });
    [input, inputs] = [output, outputs];
  });
  const output = value('digits', [classes]);
  operators.push({ type: 'softmax', layer: 'digits', input, output });
  return { values, operators, input: 0, output };
}

/** The network in int8, calibrated on pixels. */
export function quantisedCnn(graph: NetworkGraph, { rows, columns, data }: ReturnType<typeof randomImages>): TfliteGraph {
  const images = Array.from({ length: rows }, (_, row) => Float32Array.from(data.subarray(row * columns, (row + 1) * columns), (pixel) => pixel / 255));
  return quantizeGraph(graph, observedRanges(graph, images), { description: 'a test', metadata: {} });
}

/** Random pixels, most of them ground. */
export function randomImages(rows: number, columns: number, seed: number): { rows: number; columns: number; data: Uint8Array } {
  const random = createRandom(seed);
  return { rows, columns, data: Uint8Array.from({ length: rows * columns }, () => (random.uniform() < 0.6 ? 0 : random.integer(256))) };
}
