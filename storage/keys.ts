import type { JsonObject } from '../shared/json.js';
import { canonical } from './canonical.js';
import { digestOf } from './digest.js';

/** Everything on which a step's result depends. It is kept in the step's manifest, so that two keys can be compared part by part. */
export interface StepKeyParts {
  readonly step: string;
  /** SHA-256 of the step's built bundle. */
  readonly version: string;
  readonly params: JsonObject;
  /** Where the step draws random numbers: what `deriveSeed` gave. */
  readonly seed?: number;
  /** The input artifacts' digests by role, in the order in which the step gets them. */
  readonly inputs: Readonly<Record<string, readonly string[]>>;
  /** What else changes results: library versions, thread counts, the CPU's feature level. */
  readonly environment: JsonObject;
}

/** The key of a step: SHA-256 of its parts' canonical JSON. Same key, same result. */
export function stepKey(parts: StepKeyParts): string {
  return digestOf(canonical(parts));
}

/**
 * The seed of a step (an unsigned 32-bit integer) from the run's one source of randomness. The code version has no part in it,
 * so that an edit which changes no arithmetic moves no figure.
 */
export function deriveSeed(randomState: number, step: string, params: JsonObject): number {
  return Number.parseInt(digestOf(canonical({ randomState, step, params })).slice(0, 8), 16);
}
