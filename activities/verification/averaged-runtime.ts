import { asFloats } from '../../ml/models/as-floats.js';
import { CLASSES } from '../../ml/models/model.js';
import { shifted } from '../../ml/training/test-time-augmentation.js';
import type { Offset } from '../../ml/training/test-time-augmentation.js';
import { InternalError, InvalidModelError } from '../../shared/errors.js';
import type { OfficialRuntime } from './official-runtime.js';

/** A runtime of files that look at an image as it is, asked at every place of it: the mean is what the network says that they were written of. */
export function averagedRuntime(runtime: OfficialRuntime, places: readonly Offset[]): OfficialRuntime {
  if (places.length === 1) return runtime;
  return async (call) => {
    const { shape: [rows = 0, ...sides], pixels } = call.rows;
    if (!pixels) throw new InternalError('Only images have several places.');
    const images = { rows, columns: pixels.length / rows, data: pixels };
    const all = { rows: places.length * rows, columns: images.columns, data: new Uint8Array(places.length * pixels.length) };
    for (const [i, place] of places.entries()) all.data.set(shifted(images, place).data, i * pixels.length);
    const answers = await runtime({ ...call, rows: { shape: [all.rows, ...sides], values: asFloats(all).data, pixels: all.data } });
    if (!('probabilities' in answers)) throw new InternalError(`${answers.runtime} gives no probabilities, so there is no mean of them.`);
    const { probabilities } = answers;
    if (probabilities.length !== all.rows * CLASSES) throw new InvalidModelError(`${answers.runtime} gave ${probabilities.length} numbers, expected ${places.length} x ${rows} x ${CLASSES}.`);
    const mean = Float32Array.from({ length: rows * CLASSES }, (_, at) => places.reduce((sum, __, i) => sum + (probabilities[i * rows * CLASSES + at] ?? NaN), 0) / places.length);
    return { ...answers, probabilities: mean };
  };
}
