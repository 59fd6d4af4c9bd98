import type { Json, JsonObject } from '../shared/json.js';
import { MODEL_NAMES } from '../shared/model-names.js';

/** Objects whose members the user names. */
const NAMED = ['train.models', 'analyse.maps', 'compress.variants'];
/** Documents: half of one and half of another make no sense. */
const REPLACED = ['augment.document'];

/**
 * Lays overrides over settings: objects are merged key by key, everything else is replaced, and `null` for a model or a map takes
 * it out. Wrong types pass through: they are found when the whole is checked.
 */
export function mergeConfig(base: JsonObject, overrides: JsonObject, path = ''): JsonObject {
  const merged: Record<string, Json> = { ...base };
  for (const [key, value] of Object.entries(overrides)) {
    const here = path ? `${path}.${key}` : key;
    const below = merged[key];
    if (value === null && NAMED.includes(path)) delete merged[key];
    else if (isObject(value) && isObject(below) && !REPLACED.includes(here) && !ofAnotherKind(here, below, value)) merged[key] = mergeConfig(below, value, here);
    else merged[key] = isModel(here) && isObject(value) ? { params: {}, device: 'cpu', rows: 'original', ...value } : value;
  }
  return merged;
}

/** A model whose kind is replaced keeps nothing of the other kind. */
function ofAnotherKind(path: string, below: JsonObject, value: JsonObject): boolean {
  return isModel(path) && MODEL_NAMES.some((kind) => kind === value['kind'] && kind !== below['kind']);
}

function isModel(path: string): boolean {
  return /^train\.models\.[^.]+$/.test(path);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
