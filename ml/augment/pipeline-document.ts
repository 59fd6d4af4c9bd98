import { InvalidConfigError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import type { Augmentation, ParameterRule } from './augmentation.js';
import { STAGES } from './augmentation.js';
import { AUGMENTATIONS } from './registry.js';

/** One step of a pipeline, every parameter given. */
export interface PipelineStep extends JsonObject {
  readonly kind: string;
  /** The part of all images that the step changes. */
  readonly probability: number;
  readonly parameters: Readonly<Record<string, number>>;
}

/**
 * An augmentation pipeline as JSON. Steps act in their order; moves come before displacements (both together are one
 * map, sampled once), displacements before changes of pixels.
 */
export interface PipelineDocument extends JsonObject {
  readonly version: 1;
  /** Allows parameters beyond the range in which digits keep their labels. */
  readonly beyondSafeLimits: boolean;
  readonly steps: readonly PipelineStep[];
}

const VERSION = 1;

/**
 * Reads a document and completes it with the defaults: `probability` 1, `beyondSafeLimits` false, and each kind's own.
 * @throws InvalidConfigError that lists all problems, each with its path.
 */
export function parsePipelineDocument(json: unknown): PipelineDocument {
  const problems: string[] = [];
  const document = objectAt('', json, ['version', 'beyondSafeLimits', 'steps'], problems);
  if (document['version'] !== VERSION) problems.push(`version: got ${show(document['version'])}, expected ${VERSION}`);
  const beyond = document['beyondSafeLimits'] ?? false;
  if (typeof beyond !== 'boolean') problems.push(`beyondSafeLimits: got ${show(beyond)}, expected true or false`);
  const listed = document['steps'];
  if (!Array.isArray(listed)) problems.push(`steps: got ${show(listed)}, expected a list of steps`);
  const steps = (Array.isArray(listed) ? listed : []).map((step: unknown, i) => stepAt(`steps[${i}]`, step, beyond === true, problems));
  checkOrder(steps, problems);
  if (problems.length > 0) throw new InvalidConfigError(`The augmentation pipeline cannot be used:\n${problems.map((line) => `- ${line}`).join('\n')}`);
  return { version: VERSION, beyondSafeLimits: beyond === true, steps };
}

/** The document as text: every parameter, keys in a fixed order, so that equal pipelines give equal bytes. */
export function serialisePipelineDocument({ version, beyondSafeLimits, steps }: PipelineDocument): string {
  const ordered = steps.map(({ kind, probability, parameters }) => (
    { kind, probability, parameters: Object.fromEntries(Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1))) }
  ));
  return `${JSON.stringify({ version, beyondSafeLimits, steps: ordered }, null, 2)}\n`;
}

function stepAt(path: string, json: unknown, beyond: boolean, problems: string[]): PipelineStep {
  const { kind, probability = 1, parameters = {} } = objectAt(path, json, ['kind', 'probability', 'parameters'], problems);
  if (typeof probability !== 'number' || !(probability >= 0 && probability <= 1)) {
    problems.push(`${path}.probability: got ${show(probability)}, expected a number from 0 to 1`);
  }
  const augmentation = typeof kind === 'string' ? AUGMENTATIONS.get(kind) : undefined;
  if (!augmentation) {
    problems.push(`${path}.kind: got ${show(kind)}, expected one of ${[...AUGMENTATIONS.keys()].join(', ')}`);
    return { kind: '', probability: 1, parameters: {} };
  }
  const given = objectAt(`${path}.parameters`, parameters, Object.keys(augmentation.parameters), problems);
  const complete = Object.entries(augmentation.parameters).map(([name, rule]) => (
    [name, valueAt(`${path}.parameters.${name}`, given[name] ?? rule.default, rule, beyond, problems)] as const
  ));
  return { kind: augmentation.kind, probability: Number(probability), parameters: Object.fromEntries(complete) };
}

function valueAt(path: string, value: unknown, rule: ParameterRule, beyond: boolean, problems: string[]): number {
  const within = ([least, most]: readonly [number, number]): boolean => typeof value === 'number' && value >= least && value <= most;
  const expected = ([least, most]: readonly [number, number]): string => `${rule.whole ? 'a whole number' : 'a number'} from ${least} to ${most}`;
  if (!within(rule.possible) || (rule.whole && !Number.isInteger(value))) {
    problems.push(`${path}: got ${show(value)}, expected ${expected(beyond ? rule.possible : rule.safe)}`);
  } else if (!beyond && !within(rule.safe)) {
    problems.push(`${path}: got ${show(value)}, expected ${expected(rule.safe)}: beyond, ${rule.because}. Set beyondSafeLimits to true to use it all the same`);
  }
  return typeof value === 'number' && value !== 0 ? value : 0; // -0 would be another text for the same pipeline
}

function checkOrder(steps: readonly PipelineStep[], problems: string[]): void {
  const stages = steps.map(({ kind }) => AUGMENTATIONS.get(kind)?.stage);
  stages.forEach((stage, i) => {
    if (stage === undefined) return;
    const later = stages.findIndex((other, j) => j < i && other !== undefined && rank(other) > rank(stage));
    if (later >= 0) {
      problems.push(`steps[${i}].kind: ${steps[i].kind} comes after ${steps[later].kind}; expected ${STAGES.map(kindsOf).join(' before ')}`);
    }
  });
}

const rank = (stage: Augmentation['stage']): number => STAGES.indexOf(stage);

function kindsOf(stage: Augmentation['stage']): string {
  return `(${[...AUGMENTATIONS.values()].filter((augmentation) => augmentation.stage === stage).map(({ kind }) => kind).join(', ')})`;
}

function objectAt(path: string, json: unknown, known: readonly string[], problems: string[]): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    problems.push(`${path === '' ? 'the document' : path}: got ${show(json)}, expected an object with ${known.join(', ')}`);
    return {};
  }
  for (const name of Object.keys(json)) {
    if (!known.includes(name)) problems.push(`${path === '' ? name : `${path}.${name}`}: unknown, expected one of ${known.join(', ')}`);
  }
  return json as Readonly<Record<string, unknown>>;
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value)).slice(0, 60);
}
