import { InvalidDataError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import type { CnnNetwork } from '../models/cnn-layers.js';
import { FloatForward } from './float-forward.js';
import { ValueHistogram } from './value-histogram.js';
import { shapeSize } from '../shape-size.js';

/**
 * Runs calibration images through the network in floating point and returns the values seen at each layer's output.
 *
 * @param images uint8 rows of training images; spread over the classes
 * @param eachImage called after each image, with how many are done
 * @throws InvalidDataError when there is no image, or its size is not the network's.
 */
export function calibrate(network: CnnNetwork, images: Matrix<Uint8Array>, eachImage: (done: number) => void): ValueHistogram[] {
  const pixels = shapeSize(network.inputShape);
  if (images.rows === 0 || images.columns !== pixels) {
    throw new InvalidDataError(
      `Calibration got ${images.rows} images of ${images.columns} pixels; expected at least one of ${network.inputShape.join(' x ')}.`,
    );
  }
  const forward = new FloatForward(network);
  const histograms = network.layers.map(() => new ValueHistogram());
  for (let row = 0; row < images.rows; row++) {
    const outputs = forward.run(images.data.subarray(row * pixels, (row + 1) * pixels));
    outputs.forEach(({ data }, layer) => {
      const { type } = network.layers[layer];
      // Pooling and flattening keep their input's scale.
      if (type === 'conv2d' || type === 'dense') histograms[layer].add(data);
    });
    eachImage(row + 1);
  }
  return histograms;
}
