import { readFile } from 'node:fs/promises';
import { MEDIA } from '../shared/artifact.js';
import type { ModelConfig, PipelineConfig } from '../shared/config.js';
import { InvalidConfigError } from '../shared/errors.js';
import type { ArtifactStore } from '../storage/artifact-store.js';
import { whyUnreadable } from './why-unreadable.js';

/**
 * Puts the files of `train.models.<name>.initialWeights` into the store and names them by what they hold, since no worker sees this machine's files.
 * @throws InvalidConfigError for a file that cannot be read.
 */
export async function storeInitialWeights(store: ArtifactStore, config: PipelineConfig): Promise<PipelineConfig> {
  const models = await Promise.all(Object.entries(config.train.models).map(async ([name, model]) => [name, await stored(store, name, model)] as const));
  return { ...config, train: { ...config.train, models: Object.fromEntries(models) } };
}

async function stored(store: ArtifactStore, name: string, model: ModelConfig): Promise<ModelConfig> {
  const { initialWeights } = model;
  if (typeof initialWeights !== 'string') return model;
  return { ...model, initialWeights: await store.put(await read(initialWeights, `train.models.${name}.initialWeights`), MEDIA.zip) };
}

async function read(path: string, setting: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new InvalidConfigError(`${setting}: ${path}: ${whyUnreadable(error)}; expected the path of a zip with model.json and the weight files that it names.`, { cause: error });
  }
}
