import { loadFromRows } from '../../ml/ensembles/load-from-rows.js';
import type { Classifier } from '../../ml/models/model.js';
import { MODELS } from '../../ml/models/registry.js';
import { NotFoundError } from '../../shared/errors.js';
import { MODEL_NAMES } from '../../shared/model-names.js';
import type { ModelResult } from '../../shared/run.js';
import type { NativePaths } from '../../shared/step.js';
import type { ArtifactStore } from '../../storage/artifact-store.js';
import { ensembleParts } from '../ensemble-parts.js';

/** Where a model's bytes and the libraries that run it are. */
export interface ModelSources {
  readonly store: ArtifactStore;
  /** The run's, of which ensembles are made. */
  readonly models: readonly ModelResult[];
  readonly native: NativePaths;
}

/**
 * The model itself, answering the rows that its file takes.
 * @throws NotFoundError when the run keeps no bytes of it.
 */
export async function loadAnswering({ store, models, native }: ModelSources, model: ModelResult): Promise<Pick<Classifier, 'predictProba' | 'dispose'>> {
  const bytes = async ({ name, artifacts }: ModelResult): Promise<Uint8Array> => {
    if (!artifacts['model']) throw new NotFoundError(`The run keeps no bytes of ${name}.`);
    return store.get(artifacts['model']);
  };
  if (model.bases) {
    const { parts, common } = ensembleParts(models, model);
    return loadFromRows(await bytes(model), common && (await Promise.all(parts.map(async ({ kind, result }) => ({ kind, bytes: await bytes(result) })))), native);
  }
  const kind = MODEL_NAMES.find((name) => name === model.kind);
  if (!kind) throw new NotFoundError(`${model.name} is of kind ${model.kind}, of which there is no model.`);
  return MODELS[kind].load(await bytes(model), native);
}
