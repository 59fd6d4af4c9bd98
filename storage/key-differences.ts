import type { Json, JsonObject } from '../shared/json.js';
import type { StepKeyParts } from './keys.js';

/**
 * Which parts of two keys of one step differ, in words: `params.options.C: 1 -> 2`, `inputs.labels: digest changed`,
 * `version changed`. Empty when the keys are equal.
 */
export function keyDifferences(before: StepKeyParts, after: StepKeyParts): string[] {
  const lines: string[] = [];
  if (before.step !== after.step) lines.push(`step: ${before.step} -> ${after.step}`);
  if (before.version !== after.version) lines.push('version changed: the code of this step was edited');
  compare('params', before.params, after.params, lines);
  compare('seed', before.seed ?? null, after.seed ?? null, lines);
  for (const role of union(before.inputs, after.inputs)) compareInputs(role, before.inputs[role], after.inputs[role], lines);
  compare('environment', before.environment, after.environment, lines);
  return lines;
}

function compareInputs(role: string, before: readonly string[] | undefined, after: readonly string[] | undefined, lines: string[]): void {
  const name = `inputs.${role}`;
  if (!before || !after) lines.push(`${name}: ${before ? 'removed' : 'added'}`);
  else if (before.length !== after.length) lines.push(`${name}: ${before.length} objects -> ${after.length}`);
  else {
    const changed = after.flatMap((digest, i) => (digest === before[i] ? [] : [i]));
    if (changed.length > 0) lines.push(`${name}: ${after.length === 1 ? 'digest' : `digest of ${changed.length} of ${after.length} objects`} changed`);
  }
}

function compare(path: string, before: Json | undefined, after: Json | undefined, lines: string[]): void {
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length && before.some(isObject)) {
    for (const [i, value] of after.entries()) compare(`${path}.${i}`, before[i], value, lines);
  } else if (isObject(before) && isObject(after)) {
    for (const name of union(before, after)) compare(`${path}.${name}`, before[name], after[name], lines);
  } else if (JSON.stringify(before) !== JSON.stringify(after)) {
    lines.push(`${path}: ${worded(before)} -> ${worded(after)}`);
  }
}

function union(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function worded(value: Json | undefined): string {
  return value === undefined ? 'absent' : JSON.stringify(value);
}
