import type { PipelineConfig } from '../shared/config.js';
import type { JsonObject } from '../shared/json.js';
import { PARAMS_SCHEMAS } from '../shared/params-schemas.js';
import type { ConfigProblem } from './config-problem.js';

/** A model that cannot augment its images, or says itself how it does, has no place in the comparison of augmentations. */
export function impactProblems({ augment }: PipelineConfig): ConfigProblem[] {
  const { impact } = augment;
  if (!augment.enabled || !impact?.enabled) return [];
  const { model: { kind, params }, copies } = impact;
  const able = Object.entries(PARAMS_SCHEMAS).filter(([, { properties }]) => Object.hasOwn(properties as JsonObject, 'augment')).map(([name]) => name);
  if (!able.includes(kind)) return [{ path: 'augment.impact.model.kind', message: `got "${kind}", expected a kind that augments its images in training: ${able.join(', ')}` }];
  const problems: ConfigProblem[] = [];
  if (Object.hasOwn(params, 'augment')) problems.push({ path: 'augment.impact.model.params.augment', message: 'is what augment.impact varies: leave it out' });
  if (copies > 0 && typeof params['epochs'] !== 'number') {
    problems.push({ path: 'augment.impact.model.params.epochs', message: `is not set, but expanded rows are compared with ${1 + copies} times the epochs: set it, or augment.impact.copies to 0` });
  }
  return problems;
}
