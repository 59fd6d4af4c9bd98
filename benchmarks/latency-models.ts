import { readFileSync } from 'node:fs';
import { startTaskThreads } from '../activities/bridge/start-task-threads.js';
import { optionsOf, threadsOf } from '../activities/model-params.js';
import { readIdxImages, readIdxLabels } from '../ml/data/idx.js';
import { inputsFromPixels } from '../ml/features/inputs-from-pixels.js';
import { rowsBetween } from '../ml/matrix.js';
import type { Matrix } from '../ml/matrix.js';
import type { FitContext } from '../ml/models/model.js';
import { MODELS } from '../ml/models/registry.js';
import type { ModelConfig } from '../shared/config.js';
import type { ModelName } from '../shared/model-names.js';
import { NETWORK_NAMES } from '../shared/model-names.js';
import { nativePaths } from './native-paths.js';

/** Rows that are judged and timed: the last training images. */
export const JUDGED = 10_000;
const IMAGES = 60_000;
const SHAPE = { width: 28, height: 28 };
const AREA = SHAPE.width * SHAPE.height;

/** A trained model and the rows to ask it of. */
export interface LatencyModel {
  readonly name: string;
  readonly kind: ModelName;
  /** As its `save` gave them. */
  readonly bytes: Uint8Array;
  /** What it reads of the last 10,000 training images: their pixels, or features. */
  readonly rows: Matrix;
}

/** Training images: the first `fit` and the last 10,000, and the labels of both. */
export function latencyImages(fit: number): { readonly pixels: Matrix<Uint8Array>; readonly labels: Uint8Array } {
  const file = (kind: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../data/mnist/train-${kind}-ubyte.gz`, import.meta.url)));
  const [{ pixels: all }, allLabels] = [readIdxImages(file('images-idx3'), 'train'), readIdxLabels(file('labels-idx1'), 'train')];
  const pixels = new Uint8Array((fit + JUDGED) * AREA);
  pixels.set(all.subarray(0, fit * AREA));
  pixels.set(all.subarray((IMAGES - JUDGED) * AREA), fit * AREA);
  const labels = new Uint8Array(fit + JUDGED);
  labels.set(allLabels.subarray(0, fit));
  labels.set(allLabels.subarray(IMAGES - JUDGED), fit);
  return { pixels: { rows: fit + JUDGED, columns: AREA, data: pixels }, labels };
}

/** Trains models with their own settings, networks for `epochs`, and hands each over before the next is trained. */
export async function* latencyModels(models: Readonly<Record<string, ModelConfig>>, { fit, epochs }: { readonly fit: number; readonly epochs: number }): AsyncGenerator<LatencyModel> {
  const { pixels, labels } = latencyImages(fit);
  const inputs = inputsFromPixels(pixels, SHAPE, Object.values(models).map(({ input }) => input));
  for (const [i, [name, model]] of Object.entries(models).entries()) {
    const kind = MODELS[model.kind];
    const x = inputs[i] ?? pixels;
    const context: FitContext = {
      seed: 1, native: nativePaths(), signal: new AbortController().signal, progress: () => undefined,
      startThreads: startTaskThreads(new URL(`../steps/fit-${model.kind}.js`, import.meta.url).href),
    };
    const own = Object.entries(optionsOf(model)).filter(([option]) => option !== 'augment'); // the section's document is the pipeline's to fill in
    const options = { ...kind.defaults, ...Object.fromEntries(own), ...(Object.hasOwn(kind.defaults, 'threads') && { threads: threadsOf(model) }), ...(NETWORK_NAMES.includes(model.kind) && { epochs }) };
    const part = (from: number, to: number): Parameters<typeof kind.fit>[0] => ({ x: rowsBetween(x, from, to), labels: labels.subarray(from, to) });
    const fitted = await kind.fit(part(0, fit), part(fit, fit + JUDGED), options, context);
    const bytes = await fitted.save();
    fitted.dispose();
    yield { name, kind: model.kind, bytes, rows: rowsBetween(x, fit, fit + JUDGED) };
  }
}
