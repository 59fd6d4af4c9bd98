import type { StepProgress } from '../shared/step.js';

const WINDOW_MS = 1_000;

/**
 * Puts the speed of a training into its progress: where an update tells how many images were trained on so far (`images`), it is
 * given `imagesPerSecond` in place of that. Time in which no image was trained on (validation, checkpoints) does not count, nor
 * does what an earlier attempt did. The pace is that of the last seconds.
 */
export function withTrainingSpeed(clock: () => number = () => performance.now()): (update: StepProgress) => StepProgress {
  let last: { readonly images: number; readonly at: number } | undefined;
  let [images, ms] = [0, 0];
  let speed: number | undefined;
  return (update) => {
    const { images: soFar, ...metrics } = update.metrics ?? {};
    if (soFar === undefined) return update;
    const at = clock();
    if (last && soFar > last.images) {
      images += soFar - last.images;
      ms += at - last.at;
    }
    last = { images: soFar, at };
    if (ms >= WINDOW_MS) {
      speed = (1_000 * images) / ms;
      [images, ms] = [0, 0];
    }
    return { ...update, metrics: { ...metrics, ...(speed !== undefined && { imagesPerSecond: speed }) } };
  };
}
