import { readFile } from 'node:fs/promises';
import { InvalidConfigError } from '../shared/errors.js';
import type { Json, JsonObject } from '../shared/json.js';
import { whyUnreadable } from './why-unreadable.js';

/** Reads a file that holds one JSON object. @throws InvalidConfigError that says what is wrong with it and what was `expected`. */
export async function readJsonObject(file: string, expected: string): Promise<JsonObject> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new InvalidConfigError(`${file}: ${whyUnreadable(error)}; ${expected}.`, { cause: error });
  }
  let parsed: Json;
  try {
    parsed = JSON.parse(text) as Json;
  } catch (error) {
    throw new InvalidConfigError(`${file}: is not JSON (${(error as Error).message}); ${expected}.`, { cause: error });
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as JsonObject;
  throw new InvalidConfigError(`${file}: got ${JSON.stringify(parsed).slice(0, 60)}; ${expected}.`);
}
