import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { configSchema } from '../shared/config-schema.js';
import { DURATION_PATTERN } from '../shared/duration-ms.js';
import { SEARCH_SCHEMA, SPACES } from '../shared/search-schema.js';
import type { ConfigProblem } from './config-problem.js';
import { nearestName } from './nearest-name.js';

const SCHEMAS = { settings: () => configSchema('complete'), search: () => SEARCH_SCHEMA } as const;
const PATTERNS: ReadonlyMap<string, string> = new Map([[DURATION_PATTERN, 'a time such as 90s, 30m, 2h or 1d'], ['^[0-9a-f]{64}$', '64 hexadecimal digits']]);
const validators = new Map<keyof typeof SCHEMAS, ValidateFunction>();
/** Keywords whose own message repeats what the errors inside them say. */
const FRAMES = new Set(['if', 'allOf', 'anyOf', 'propertyNames']);

/** Everything in complete settings, or in a search's document, that its schema refuses, in the order of its paths. */
export function schemaProblems(document: unknown, of: keyof typeof SCHEMAS = 'settings'): ConfigProblem[] {
  const validate = validatorOf(of);
  if (validate(document)) return [];
  const problems = (validate.errors ?? []).flatMap(problemOf);
  const unique = new Map(problems.map((problem) => [`${problem.path}\n${problem.message}`, problem]));
  return [...unique.values()].sort((a, b) => a.path.localeCompare(b.path));
}

function validatorOf(of: keyof typeof SCHEMAS): ValidateFunction {
  const known = validators.get(of) ?? new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true, strictRequired: false, strictTypes: false }).compile(SCHEMAS[of]());
  validators.set(of, known);
  return known;
}

function problemOf(error: ErrorObject): ConfigProblem[] {
  const path = error.instancePath.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')).join('.');
  if (/\/input\/anyOf\//.test(error.schemaPath) && !error.instancePath.endsWith('/input')) return [{ path, message: worded(error) }];
  if (error.keyword === 'anyOf') {
    if (Array.isArray(error.data) && error.data.length > 0) return [];
    return [{ path, message: `got ${shown(error.data)}, expected "pixels" or a list of feature families` }];
  }
  if (FRAMES.has(error.keyword) || /\/(any|one)Of\/\d+\//.test(error.schemaPath)) return [];
  const key = nameIn(error);
  if (key === undefined) return [{ path, message: worded(error) }];
  return [{ path: path ? `${path}.${key}` : key, message: worded(error) }];
}

/** The key at fault, where it is not part of the path. */
function nameIn({ keyword, params, propertyName }: ErrorObject): string | undefined {
  if (keyword === 'additionalProperties') return String(params['additionalProperty']);
  if (keyword === 'required') return String(params['missingProperty']);
  return propertyName;
}

function worded(error: ErrorObject): string {
  const { keyword, params, data, parentSchema } = error;
  const got = `got ${shown(data)}, expected`;
  switch (keyword) {
    case 'additionalProperties': {
      const allowed = Object.keys((parentSchema?.['properties'] ?? {}) as object);
      const near = nearestName(String(params['additionalProperty']), allowed);
      return `unknown key${near ? `, did you mean ${near}?` : ';'} allowed: ${allowed.join(', ') || 'none'}`;
    }
    case 'required': return 'missing';
    case 'type': return `${got} ${String(params['type'])}`;
    case 'enum': return choice(data, params['allowedValues'] as readonly unknown[]);
    case 'minimum': case 'exclusiveMinimum': case 'maximum': case 'exclusiveMaximum':
      return `${got} a number ${String(params['comparison'])} ${String(params['limit'])}`;
    case 'oneOf': return `${got} exactly one of ${SPACES.join(', ')}`;
    case 'maxItems': return `${got} at most ${String(params['limit'])} entries`;
    case 'minItems': return `${got} at least ${String(params['limit'])} entries`;
    case 'minProperties': return `${got} at least ${String(params['limit'])} ${parentSchema?.['propertyNames'] ? 'model' : 'entry'}`;
    case 'uniqueItems': return `${got} each entry once`;
    case 'pattern': return PATTERNS.has(String(params['pattern'])) ? `${got} ${PATTERNS.get(String(params['pattern']))}` : `${shown(data)} is no name: expected lower-case letters, digits and hyphens, a letter first, 40 at most`;
    default: return `got ${shown(data)}: ${error.message ?? keyword}`;
  }
}

function choice(data: unknown, allowed: readonly unknown[]): string {
  const near = typeof data === 'string' ? nearestName(data, allowed.map(String)) : undefined;
  return `got ${shown(data)}, expected one of ${allowed.map(shown).join(', ')}${near ? ` (did you mean "${near}"?)` : ''}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
