import type { ModelConfig, PipelineConfig } from '../shared/config.js';
import type { Json, JsonObject } from '../shared/json.js';
import type { SearchSpace } from '../shared/search.js';
import { ConfigProblemsError } from './config-problem.js';
import { mergeConfig } from './merge-config.js';
import { nearestName } from './nearest-name.js';
import { readJsonObject } from './read-json-object.js';
import { schemaProblems } from './schema-problems.js';
import { searchProblems } from './search-problems.js';

/** A search that is ready to start. */
export interface LoadedSearch {
  readonly space: SearchSpace;
  /** The settings of a run with the one model that is searched; what comes after train is off. */
  readonly config: PipelineConfig;
}

const DEFAULTS = { window: 4, metric: 'validationLogLoss', reduction: 3 } as const;
const MEDIAN_DEFAULTS = { grace: 1, minSamples: 3 } as const;
/** Characters of document and settings: with the source's files they are one payload, which stays under 8 KB. */
const ROOM = 6_500;

/**
 * Reads a search's document and checks it against a run's settings.
 * @throws InvalidConfigError for a file that cannot be read; ConfigProblemsError (one of them) with all that is wrong, each with its path.
 */
export async function loadSearch(file: string, settings: PipelineConfig): Promise<LoadedSearch> {
  const document = await readJsonObject(file, 'expected a JSON object with model, params, strategy and trials (docs/search.schema.json)');
  return checkSearch(Object.fromEntries(Object.entries(document).filter(([key]) => key !== '$schema')), settings, file);
}

/** The same for a document that is at hand. `from` names it in messages. */
export function checkSearch(document: JsonObject, settings: PipelineConfig, from: string): LoadedSearch {
  const refuse = (problems: ConfigProblemsError['problems']): void => {
    if (problems.length > 0) throw new ConfigProblemsError(problems, from);
  };
  refuse(schemaProblems(document, 'search'));
  const { name, model } = modelOf(document['model'] as Json, settings);
  if (!model) {
    const names = Object.keys(settings.train.models);
    const near = nearestName(name, names);
    refuse([{ path: 'model', message: `got "${name}", expected a model of the settings (${names.join(', ')})${near ? ` (did you mean ${near}?)` : ''}, or one of its own: { "kind": ..., "input": ... }` }]);
  }
  const space = complete(document, name, settings);
  const config = onlyModel(settings, name, model as ModelConfig);
  refuse(searchProblems(space, config));
  const [length, most] = [JSON.stringify(space).length, ROOM - JSON.stringify(config).length];
  if (length > most) refuse([{ path: '', message: `is ${length} characters long, expected at most ${most}: give ranges in place of long lists of choices` }]);
  return { space, config };
}

/** The model by name, or the document's own under the name of its kind. */
function modelOf(given: Json, { train }: PipelineConfig): { readonly name: string; readonly model: ModelConfig | undefined } {
  if (typeof given === 'string') return { name: given, model: Object.hasOwn(train.models, given) ? train.models[given] : undefined };
  const own = { params: {}, device: 'cpu', rows: 'original', ...(given as JsonObject) };
  return { name: String((given as JsonObject)['kind']), model: own as unknown as ModelConfig };
}

function complete(document: JsonObject, model: string, { randomState }: PipelineConfig): SearchSpace {
  const { medianStopping, trials } = document;
  const space: JsonObject = {
    ...DEFAULTS, maxFailures: Math.max(1, Math.floor(Number(trials) / 4)), seed: randomState, ...document, model,
    ...(medianStopping !== undefined && { medianStopping: { ...MEDIAN_DEFAULTS, ...(medianStopping as JsonObject) } }),
  };
  return space as unknown as SearchSpace;
}

function onlyModel(settings: PipelineConfig, name: string, model: ModelConfig): PipelineConfig {
  const off = { enabled: false };
  return mergeConfig({ ...settings, train: { enabled: true, models: { [name]: model } } } as unknown as JsonObject, {
    analyse: { ...off, clusters: [], maps: Object.fromEntries(Object.keys(settings.analyse.maps).map((map) => [map, null])) },
    ingest: { enabled: true }, features: { enabled: typeof model.input !== 'string' }, ensemble: off, compress: off, export: off, evaluate: off, report: off,
  }) as unknown as PipelineConfig;
}
