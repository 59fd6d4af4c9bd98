import type { ModelConfig } from '../shared/config.js';
import { NotFoundError } from '../shared/errors.js';
import { MODEL_NAMES } from '../shared/model-names.js';
import type { ModelName } from '../shared/model-names.js';
import type { ModelResult } from '../shared/run.js';
import { commonInput } from './common-input.js';

/** A model of an ensemble. */
export interface EnsemblePart {
  readonly result: ModelResult;
  readonly kind: ModelName;
}

/** The models of an ensemble, in the order in which it takes them. */
export interface EnsembleParts {
  readonly parts: readonly EnsemblePart[];
  /** What all of them read, where they are one file with it; absent: its file takes their probabilities. */
  readonly common?: ModelConfig['input'];
}

/** @throws NotFoundError when the run has no record of one of its models. */
export function ensembleParts(models: readonly ModelResult[], { name, kind: method, bases = [] }: ModelResult): EnsembleParts {
  const parts = bases.map((wanted): EnsemblePart => {
    const result = models.find((model) => model.name === wanted);
    const kind = MODEL_NAMES.find((one) => one === result?.kind);
    if (!result || !kind) throw new NotFoundError(`The ensemble ${name} is of ${wanted}, of which the run has no record.`);
    return { result, kind };
  });
  const common = commonInput(method, parts.map(({ result: { input }, kind }) => input && { kind, input }));
  return { parts, ...(common && { common }) };
}
