import type { JsonObject } from './json.js';

/** A whole number from `minimum` on. */
export function whole(minimum: number, description: string): JsonObject {
  return { type: 'integer', minimum, description };
}

/** A number from `minimum` on. */
export function atLeast(minimum: number, description: string): JsonObject {
  return { type: 'number', minimum, description };
}

/** A number above `exclusiveMinimum`. */
export function above(exclusiveMinimum: number, description: string): JsonObject {
  return { type: 'number', exclusiveMinimum, description };
}

/** A number in [0, 1). */
export function fraction(description: string): JsonObject {
  return { type: 'number', minimum: 0, exclusiveMaximum: 1, description };
}
