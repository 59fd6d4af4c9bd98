import { InvalidDataError } from '../../../shared/errors.js';
import type { ValueRanges } from '../../compression/graph/value-quantization.js';
import { evaluateValues } from './evaluate-network.js';
import type { NetworkGraph } from './network-graph.js';

/**
 * The smallest and the largest number that each activation of the graph takes on calibration images, the input's included; 0 lies within.
 * @param images of training, [height, width, channels] in [0, 1]; spread over the classes
 * @param eachImage called after each image, with how many are done
 * @throws InvalidDataError without an image, or for one of another size.
 */
export function observeRanges(graph: NetworkGraph, images: readonly ArrayLike<number>[], eachImage: (done: number) => void = () => undefined): ValueRanges {
  if (images.length === 0) throw new InvalidDataError('Calibration got no image; give at least one, better some hundred of the training images.');
  const activations = [graph.input, ...graph.operators.map(({ output }) => output)];
  const ranges = new Map(activations.map((value): [number, [number, number]] => [value, [0, 0]]));
  images.forEach((image, index) => {
    const evaluated = evaluateValues(graph, image);
    for (const [value, range] of ranges) widen(range, evaluated[value].data);
    eachImage(index + 1);
  });
  return ranges;
}

function widen(range: [min: number, max: number], numbers: ArrayLike<number>): void {
  for (let i = 0; i < numbers.length; i++) {
    if (numbers[i] < range[0]) range[0] = numbers[i];
    if (numbers[i] > range[1]) range[1] = numbers[i];
  }
}
