import { ENSEMBLE_NAMES } from '../../shared/ensemble-methods.js';
import { MODEL_NAMES } from '../../shared/model-names.js';
import type { JsonObject } from '../../shared/json.js';
import type { ModelEvaluation, SeedSpread } from '../../shared/metrics.js';
import type { ReportContent, ReportedResult } from './report-content.js';

/** A trained model, a combination of trained models, or a smaller copy of one. */
export type ModelRole = 'model' | 'ensemble' | 'variant';

/** Everything known of one row of the result table. */
export interface ReportedModel {
  readonly name: string;
  readonly role: ModelRole;
  readonly evaluation: ModelEvaluation;
  /** Test images that it gets wrong. */
  readonly errors: number;
  readonly result?: ReportedResult['models'][number];
  readonly fit?: JsonObject;
  /** Of a model with several seeds; its other figures are those of the first. */
  readonly spread?: SeedSpread;
}

/**
 * The evaluated models with their results and fits, most accurate first, by the mean of their seeds where there are several; equals in the
 * order of their names. Further seeds are no models of their own.
 */
export function reportedModels({ evaluation, result, fits }: ReportContent): ReportedModel[] {
  const { seeds = [] } = evaluation;
  const further = new Set(seeds.flatMap(({ names }) => names.slice(1)));
  return evaluation.models
    .filter(({ name }) => !further.has(name))
    .map((model): ReportedModel => {
      const found = result.models.find(({ name }) => name === model.name);
      const fit = fits[model.name];
      const spread = seeds.find(({ model: name }) => name === model.name);
      return {
        name: model.name,
        role: found?.of === undefined ? roleOf(found?.kind ?? model.name) : 'variant',
        evaluation: model,
        errors: Math.round(evaluation.rows * (1 - model.accuracy)),
        ...(found && { result: found }),
        ...(fit && { fit }),
        ...(spread && { spread }),
      };
    })
    .sort((a, b) => accuracyOf(b) - accuracyOf(a) || (a.name < b.name ? -1 : 1));
}

/** On the test images; of a model with several seeds their mean. */
export function accuracyOf({ evaluation, spread }: Pick<ReportedModel, 'evaluation' | 'spread'>): number {
  return spread?.accuracy.mean ?? evaluation.accuracy;
}

/** The model of a role that was most accurate on validation rows, if there is one: the test images choose none of several. */
export function bestOf(models: readonly ReportedModel[], role: ModelRole): ReportedModel | undefined {
  return models.filter((model) => model.role === role).sort((a, b) => validationAccuracy(b) - validationAccuracy(a))[0];
}

function validationAccuracy({ fit }: ReportedModel): number {
  const value = fit?.['validationAccuracy'];
  return typeof value === 'number' ? value : -1;
}

/** The model that a variant was made from. */
export function originalOf({ result }: ReportedModel, models: readonly ReportedModel[]): ReportedModel | undefined {
  return models.find(({ name }) => name === result?.of);
}

function roleOf(kind: string): ModelRole {
  if (ENSEMBLE_NAMES.includes(kind)) return 'ensemble';
  return MODEL_NAMES.some((name) => name === kind) ? 'model' : 'variant';
}
