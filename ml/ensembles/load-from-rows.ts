import type { ModelName } from '../../shared/model-names.js';
import type { NativePaths } from '../../shared/step.js';
import type { Matrix } from '../matrix.js';
import { asFloats } from '../models/as-floats.js';
import { CLASSES } from '../models/model.js';
import type { Classifier } from '../models/model.js';
import { MODELS } from '../models/registry.js';
import { loadEnsemble } from './load-ensemble.js';

/** A base as it was saved. */
export interface SavedBase {
  readonly kind: ModelName;
  readonly bytes: Uint8Array;
}

/**
 * An ensemble that answers the rows that its file takes: those that all its bases read, or, without them, the bases' probabilities beside each
 * other, ten columns a base.
 * @param bases in the order in which the ensemble takes them
 * @throws InvalidModelError when bytes are no such model.
 */
export async function loadFromRows(meta: Uint8Array, bases: readonly SavedBase[] | undefined, native: NativePaths): Promise<Pick<Classifier, 'predictProba' | 'dispose'>> {
  const ensemble = await loadEnsemble(meta, native);
  const models: Classifier[] = [];
  for (const { kind, bytes } of bases ?? []) models.push(await MODELS[kind].load(bytes, native));
  return {
    async predictProba(x) {
      const asked: Matrix<Float32Array>[] = [];
      if (!bases) return ensemble.predictProba(ensemble.names.map((_, at) => columnsOf(asFloats(x), at * CLASSES)));
      for (const model of models) asked.push(await model.predictProba(x));
      return ensemble.predictProba(asked);
    },
    dispose() {
      for (const one of [ensemble, ...models]) one.dispose();
    },
  };
}

function columnsOf({ rows, columns, data }: Matrix<Float32Array>, from: number): Matrix<Float32Array> {
  return { rows, columns: CLASSES, data: Float32Array.from({ length: rows * CLASSES }, (_, i) => data[Math.floor(i / CLASSES) * columns + from + (i % CLASSES)]) };
}
