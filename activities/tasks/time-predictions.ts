import { median, quantile } from 'simple-statistics';
import { rowsBetween } from '../../ml/matrix.js';
import type { Matrix } from '../../ml/matrix.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { LatencyMeasurement } from '../../shared/metrics.js';
import type { StepHooks } from '../../shared/step.js';

// Single images that are not counted, until compilers and caches have settled: V8 compiles the features anew for some 400; slow models take less.
const WARM_UP = { least: 50, most: 400, ms: 1_000 };
const BATCHES = 3;
const REPORT_EVERY = 50;
const BATCH = 2_000; // large enough for the rate to settle, small enough not to pass for a hang on a busy machine

/**
 * Times predictions: `count` single images one after another (p50 and p99 in ms), then up to 2,000 at once (images a second,
 * the median of three). Progress is reported between timings, never within one.
 * @throws InvalidDataError when there is no image.
 */
export async function timePredictions(
  predict: (images: Matrix<Uint8Array>) => Promise<unknown>,
  images: Matrix<Uint8Array>,
  count: number,
  hooks: Pick<StepHooks, 'progress' | 'signal'>,
): Promise<Omit<LatencyMeasurement, 'runtime'>> {
  if (images.rows === 0 || count < 1) throw new InvalidDataError(`Cannot time ${count} of ${images.rows} images: at least one is needed.`);
  const single = async (index: number): Promise<number> => {
    const image = rowsBetween(images, index % images.rows, (index % images.rows) + 1);
    const started = performance.now();
    await predict(image);
    return performance.now() - started;
  };
  const warm = performance.now() + WARM_UP.ms;
  for (let i = 0; i < WARM_UP.most && (i < WARM_UP.least || performance.now() < warm); i++) await single(i);
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    times.push(await single(i));
    if (i % REPORT_EVERY === 0) {
      hooks.signal.throwIfAborted();
      hooks.progress({ fraction: (0.6 * (i + 1)) / count, note: `${i + 1}/${count} single images` });
    }
  }
  const many = rowsBetween(images, 0, Math.min(images.rows, BATCH));
  const rates: number[] = [];
  for (let batch = 1; batch <= BATCHES; batch++) {
    hooks.signal.throwIfAborted();
    const started = performance.now();
    await predict(many);
    rates.push((many.rows * 1_000) / (performance.now() - started));
    hooks.progress({ fraction: 0.6 + (0.4 * batch) / BATCHES, note: `${batch}/${BATCHES} batches` });
  }
  return { p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99), imagesPerSecond: median(rates) };
}
