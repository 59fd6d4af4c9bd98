import { InvalidConfigError } from '../shared/errors.js';
import type { Json, JsonObject } from '../shared/json.js';

/**
 * Reads one `--set path=value` into overrides: the value is JSON, or a string when it is not (`preset=smoke`).
 * @throws InvalidConfigError when there is no path or no `=`.
 */
export function parseSetting(setting: string): JsonObject {
  const cut = setting.indexOf('=');
  const path = setting.slice(0, Math.max(0, cut)).trim();
  const keys = path.split('.');
  if (cut < 0 || keys.some((key) => key === '' || key === '__proto__')) {
    throw new InvalidConfigError(`--set ${setting}: expected <path>=<value>, e.g. --set train.models.xgboost.params.rounds=50.`);
  }
  return keys.reduceRight<Json>((value, key) => ({ [key]: value }), valueOf(setting.slice(cut + 1))) as JsonObject;
}

function valueOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
