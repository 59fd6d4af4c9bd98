import type { ArtifactRef } from '../shared/artifact.js';
import type { FittedModel } from '../shared/contracts/steps.js';
import type { Json } from '../shared/json.js';
import { inputParam } from './model-params.js';

/** The bases of a stack, as `measure-stack` and `predict-stack` take them: the parameter `models`, and the roles `model:<name>`. */
export function stackCall(fitted: readonly Pick<FittedModel, 'name' | 'config' | 'model'>[]): {
  readonly models: readonly Json[];
  readonly bases: Readonly<Record<string, readonly ArtifactRef[]>>;
} {
  return {
    models: fitted.map(({ name, config }) => ({ name, kind: config.kind, input: inputParam(config) })),
    bases: Object.fromEntries(fitted.map(({ name, model }) => [`model:${name}`, [model]])),
  };
}
