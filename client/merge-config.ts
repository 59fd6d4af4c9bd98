import type { Json, JsonObject } from '../shared/json.js';
import { MODEL_NAMES } from '../shared/model-names.js';

/**
 * Lays overrides over settings: objects are merged key by key, everything else is replaced, and `null` for a model takes
 * it out. Wrong types pass through: they are found when the whole is checked.
 */
export function mergeConfig(base: JsonObject, overrides: JsonObject, path = ''): JsonObject {
  const merged: Record<string, Json> = { ...base };
  for (const [key, value] of Object.entries(overrides)) {
    const here = path ? `${path}.${key}` : key;
    const below = merged[key];
    if (value === null && path === 'train.models') delete merged[key];
    else if (isObject(value) && isObject(below) && !ofAnotherKind(here, below, value)) merged[key] = mergeConfig(below, value, here);
    else merged[key] = isModel(here) && isObject(value) ? { params: {}, device: 'cpu', ...value } : value;
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
