import type { ArtifactRef } from '../shared/artifact.js';
import type { ModelConfig } from '../shared/config.js';
import { InternalError } from '../shared/errors.js';
import type { Json } from '../shared/json.js';
import { inputParam } from './model-params.js';

/** A model of an ensemble: a candidate's entry, or what a finished run's result says of it. */
export interface StackedModel {
  readonly name: string;
  /** Absent of what is no model of its own: an ensemble or a variant. */
  readonly config?: Pick<ModelConfig, 'kind' | 'input'>;
  /** `model`: what the fit gave. */
  readonly artifacts: Readonly<Record<string, ArtifactRef>>;
}

/**
 * The bases of a stack, as `measure-stack` and `answer` take them: the parameter `models`, and the roles `model:<name>`.
 * @throws InternalError when one of them is no model of its own.
 */
export function stackCall(bases: readonly StackedModel[]): { readonly models: readonly Json[]; readonly bases: Readonly<Record<string, readonly ArtifactRef[]>> } {
  const models = bases.map(({ name, config, artifacts: { model } }) => {
    if (!config || !model) throw new InternalError(`"${name}" cannot be the base of a stack: it is no model of its own.`);
    return { name, config, model };
  });
  return {
    models: models.map(({ name, config }) => ({ name, kind: config.kind, input: inputParam(config) })),
    bases: Object.fromEntries(models.map(({ name, model }) => [`model:${name}`, [model]])),
  };
}
