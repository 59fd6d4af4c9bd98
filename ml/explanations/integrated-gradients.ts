import type { TensorFlow } from '../../native/tensorflow-js.js';
import { rowsBetween } from '../matrix.js';
import type { Matrix } from '../matrix.js';
import { asFloats } from '../models/as-floats.js';
import { inputGradients } from './input-gradients.js';
import type { ScoreWeights } from './score-weights.js';
import type { ScoredNetwork } from './scored-network.js';

/** Points on the way from an empty image: with these, what the pixels add up to misses the score's change by some per cent at most. */
const STEPS = 32;

/**
 * What the ink of each pixel contributes to the score, [images, pixels], with its sign; over an image they add up to its score less that of an
 * empty image. Sundararajan, Taly and Yan, "Axiomatic Attribution for Deep Networks" (2017), by the midpoint rule.
 * @param steps points at which the gradient is taken. @default 32
 * @param onImage called after each image; may throw to end it.
 * @throws InvalidModelError when the images are not of the network's size.
 */
export function integratedGradients(
  tf: TensorFlow, network: ScoredNetwork, images: Matrix, weights: ScoreWeights, { steps = STEPS, onImage }: { readonly steps?: number; readonly onImage?: (done: number) => void } = {},
): Matrix<Float32Array> {
  const { rows, columns, data } = asFloats(images);
  const contributions = new Float32Array(data.length);
  for (let row = 0; row < rows; row++) {
    const image = data.subarray(row * columns, (row + 1) * columns);
    const gradients = inputGradients(tf, network, fadedCopies(image, steps), repeated(rowsBetween(weights, row, row + 1), steps));
    for (let pixel = 0; pixel < columns; pixel++) {
      let sum = 0;
      for (let step = 0; step < steps; step++) sum += gradients.data[step * columns + pixel];
      contributions[row * columns + pixel] = (image[pixel] * sum) / steps;
    }
    onImage?.(row + 1);
  }
  return { rows, columns, data: contributions };
}

/** The image at the middle of each of `count` equal steps from nothing to itself. */
function fadedCopies(image: Float32Array, count: number): Matrix<Float32Array> {
  const data = new Float32Array(count * image.length);
  for (let step = 0; step < count; step++) {
    const part = (step + 0.5) / count;
    data.set(image.map((ink) => ink * part), step * image.length);
  }
  return { rows: count, columns: image.length, data };
}

function repeated({ columns, data }: ScoreWeights, count: number): ScoreWeights {
  const all = new Float32Array(count * columns);
  for (let row = 0; row < count; row++) all.set(data, row * columns);
  return { rows: count, columns, data: all };
}
