import type { PipelineConfig } from '../shared/config.js';
import type { JsonObject } from '../shared/json.js';
import { PARAMS_SCHEMAS } from '../shared/params-schemas.js';
import type { ConfigProblem } from './config-problem.js';

/** A model that cannot augment its images, or says itself how it does, has no place in the comparison of augmentations. */
export function impactProblems({ augment }: PipelineConfig): ConfigProblem[] {
  const { impact } = augment;
  if (!augment.enabled || !impact?.enabled) return [];
  const { kind, params } = impact.model;
  const able = Object.entries(PARAMS_SCHEMAS).filter(([, { properties }]) => Object.hasOwn(properties as JsonObject, 'augment')).map(([name]) => name);
  if (!able.includes(kind)) return [{ path: 'augment.impact.model.kind', message: `got "${kind}", expected a kind that augments its images in training: ${able.join(', ')}` }];
  return Object.hasOwn(params, 'augment') ? [{ path: 'augment.impact.model.params.augment', message: 'is what augment.impact varies: leave it out' }] : [];
}
