import type { PipelineConfig } from '../shared/config.js';
import { gridValues } from '../shared/grid-values.js';
import type { Json, JsonObject } from '../shared/json.js';
import { PARAMS_SCHEMAS } from '../shared/params-schemas.js';
import type { ParamSpace, SearchSpace } from '../shared/search.js';
import { trialModel } from '../shared/trial-model.js';
import type { ConfigProblem } from './config-problem.js';
import { crossProblems } from './cross-problems.js';
import { nearestName } from './nearest-name.js';
import { schemaProblems } from './schema-problems.js';

/** What is wrong with a search whose document fits the schema: every value that it may suggest must be one that a run would take. */
export function searchProblems(space: SearchSpace, config: PipelineConfig): ConfigProblem[] {
  const ranges = rangeProblems(space);
  const rules = [...ranges, ...resourceProblems(space, config), ...stoppingProblems(space), ...(ranges.length === 0 ? gridProblems(space) : [])];
  const values = ranges.length === 0 ? valueProblems(space, config) : [];
  const unique = new Map([...rules, ...values].map((problem) => [`${problem.path}\n${problem.message}`, problem]));
  return [...unique.values()].sort((a, b) => a.path.localeCompare(b.path));
}

function rangeProblems({ params }: SearchSpace): ConfigProblem[] {
  return Object.entries(params).flatMap(([name, space]) => {
    if ('choice' in space) return [];
    const [word, range] = 'uniform' in space ? ['uniform', space.uniform] as const : 'logUniform' in space ? ['logUniform', space.logUniform] as const : ['integer', space.integer] as const;
    const [low, high] = range;
    const path = `params.${name}.${word}`;
    const problems: ConfigProblem[] = [];
    if (!(low < high)) problems.push({ path, message: `got [${range.join(', ')}], expected the low end first and a higher one after it` });
    if (('logUniform' in space || ('log' in space && space.log === true)) && low <= 0) problems.push({ path, message: `begins at ${low}, expected a low end above 0: its logarithm is drawn` });
    if (word === 'integer' && high - low >= 1_000_000) problems.push({ path, message: 'has a million numbers or more; expected fewer' });
    if ('log' in space && word !== 'integer') problems.push({ path: `params.${name}.log`, message: 'goes with integer only; for other numbers there is logUniform' });
    return problems;
  });
}

function resourceProblems({ resource, params, strategy, medianStopping, reduction }: SearchSpace, config: PipelineConfig): ConfigProblem[] {
  const model = Object.values(config.train.models)[0];
  if (!resource) {
    const wanting = [...(strategy === 'asha' ? ['asha'] : []), ...(medianStopping ? ['medianStopping'] : [])];
    return wanting.length > 0 ? [{ path: 'resource', message: `is missing, but ${wanting.join(' and ')} needs one, e.g. { "of": "rows", "min": 1000 }` }] : [];
  }
  if (!model) return [];
  const problems: ConfigProblem[] = [];
  const { of, min, max } = resource;
  const path = 'resource.of';
  const whole = wholeParams(model.kind);
  if (of !== 'rows' && !whole.includes(of)) {
    const near = nearestName(of, ['rows', ...whole]);
    problems.push({ path, message: `got "${of}", expected rows or a whole-numbered hyper-parameter of ${model.kind} (${whole.join(', ') || 'it has none'})${near ? ` (did you mean ${near}?)` : ''}` });
  }
  if (Object.hasOwn(params, of)) problems.push({ path, message: `is ${of}, which params look for as well: leave it out there` });
  if (of === 'rows' && model.rows === 'expanded') problems.push({ path, message: 'is rows, but the model is fitted on expanded rows: take a hyper-parameter, or rows "original"' });
  if (of === 'rows' && min < 100) problems.push({ path: 'resource.min', message: `got ${min}, expected at least 100 rows: fewer may lack a digit` });
  if (of !== 'rows' && max === undefined) problems.push({ path: 'resource.max', message: `missing: how many ${of} the best trials get` });
  if (max !== undefined && max < min * reduction) problems.push({ path: 'resource.max', message: `got ${max}, expected at least ${min * reduction}, min times reduction: there are to be two rungs` });
  if (strategy !== 'asha' && !medianStopping) problems.push({ path: 'resource', message: `is given, but a ${strategy} search stops no trial early: add medianStopping, take asha, or leave it out` });
  return problems;
}

/** Hyper-parameters that are whole numbers above 0, of which there can be more or fewer. */
function wholeParams(kind: keyof typeof PARAMS_SCHEMAS): string[] {
  const properties = PARAMS_SCHEMAS[kind]['properties'] as Record<string, JsonObject>;
  return Object.entries(properties).filter(([name, { type }]) => type === 'integer' && name !== 'threads').map(([name]) => name);
}

function stoppingProblems({ window, trials }: SearchSpace): ConfigProblem[] {
  return window > Math.max(trials, 4) ? [{ path: 'window', message: `got ${window}, expected at most the ${trials} trials` }] : [];
}

function gridProblems({ strategy, params, trials }: SearchSpace): ConfigProblem[] {
  if (strategy !== 'grid') return [];
  const axes = Object.entries(params).map(([name, space]) => ({ name, values: gridValues(space) }));
  const endless = axes.filter(({ values }) => values === undefined).map(({ name }) => ({ path: `params.${name}.steps`, message: 'missing: how many values of the range a grid takes' }));
  if (endless.length > 0) return endless;
  const size = axes.reduce((product, { values = [] }) => product * values.length, 1);
  if (size <= trials) return [];
  const counted = axes.map(({ name, values = [] }) => `${name} ${values.length}`).join(' x ');
  return [{ path: 'trials', message: `got ${trials}, but the grid has ${size} points (${counted}): raise it, take fewer values, or search at random` }];
}

/** Each end of each range, each choice, and each end of the resource, as a run's settings: what they would refuse is refused here. */
function valueProblems(space: SearchSpace, config: PipelineConfig): ConfigProblem[] {
  const amounts = [space.resource?.min, space.resource?.max];
  const probes = [
    ...Object.entries(space.params).flatMap(([name, values]) => probesOf(values).map((value) => ({ params: { [name]: value }, amount: amounts[0], own: `params.${name}` }))),
    ...amounts.map((amount) => ({ params: {}, amount, own: `resource.${amount === amounts[0] ? 'min' : 'max'}` })),
  ];
  return probes.flatMap(({ params, amount, own }) => {
    const complete: PipelineConfig = { ...config, train: { ...config.train, models: { [space.model]: trialModel(space, config, params, amount) } } };
    const wrong = schemaProblems(complete);
    const problems = wrong.length > 0 ? wrong : crossProblems(complete);
    return problems.map(({ path, message }) => ({ path: toldAs(path, space, own), message }));
  });
}

/** The ends of a range and a number between them that is not whole; all values of a choice. */
function probesOf(space: ParamSpace): Json[] {
  if ('choice' in space) return [...space.choice];
  if ('integer' in space) return [...space.integer];
  const [low, high] = 'uniform' in space ? space.uniform : space.logUniform;
  return [low, low + (high - low) * 0.381966, high];
}

/** Where a setting of the probed run stands in the document, or in the settings. */
function toldAs(path: string, { model, resource, params }: SearchSpace, own: string): string {
  const prefix = `train.models.${model}.params.`;
  if (!path.startsWith(prefix)) return path;
  const name = path.slice(prefix.length).split('.')[0] ?? '';
  if (name === resource?.of) return own.startsWith('resource.') ? own : 'resource';
  return Object.hasOwn(params, name) ? `params.${path.slice(prefix.length)}` : path;
}
