import { trainingSeries } from '../ml/reports/training-series.js';
import type { TrainingCurves } from '../ml/reports/training-series.js';
import type { JsonObject } from '../shared/json.js';

/** The curves of one model's training. */
export interface ModelCurves extends TrainingCurves {
  readonly model: string;
}

/** The curves of those models whose fit told some. */
export function modelCurves(fits: readonly { readonly name: string; readonly fit: JsonObject }[]): ModelCurves[] {
  return fits.flatMap(({ name, fit }) => {
    const curves = trainingSeries(fit);
    return curves ? [{ model: name, ...curves }] : [];
  });
}
