import { InvalidDataError } from '../../../shared/errors.js';
import { ValueHistogram } from '../../compression/value-histogram.js';
import { evaluateValues } from './evaluate-network.js';
import type { NetworkGraph, ValueId } from './network-graph.js';

/**
 * The values that each activation of the graph takes on calibration images, the input's included.
 * @param images of training, [height, width, channels] in [0, 1]; spread over the classes
 * @param eachImage called after each image, with how many are done
 * @throws InvalidDataError without an image, or for one of another size.
 */
export function observeValues(graph: NetworkGraph, images: readonly ArrayLike<number>[], eachImage: (done: number) => void = () => undefined): ReadonlyMap<ValueId, ValueHistogram> {
  if (images.length === 0) throw new InvalidDataError('Calibration got no image; give at least one, better some hundred of the training images.');
  const activations = [graph.input, ...graph.operators.map(({ output }) => output)];
  const histograms = new Map(activations.map((value) => [value, new ValueHistogram()]));
  images.forEach((image, index) => {
    const evaluated = evaluateValues(graph, image);
    for (const [value, histogram] of histograms) histogram.add(Float32Array.from(evaluated[value].data));
    eachImage(index + 1);
  });
  return histograms;
}
