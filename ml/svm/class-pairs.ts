import { CLASSES } from '../models/model.js';

/** The 45 pairs of classes, in LIBSVM's order: (0, 1), (0, 2), ... (8, 9). A decision above zero speaks for the first. */
export const PAIRS: readonly (readonly [number, number])[] = Array.from({ length: CLASSES }, (_, a) => a).flatMap((a) =>
  Array.from({ length: CLASSES - 1 - a }, (_, i): [number, number] => [a, a + 1 + i]));

/** Classes that a class is told from. */
export const OTHERS = CLASSES - 1;

/** Where among a class's OTHERS another class stands. */
export function placeAmongOthers(own: number, other: number): number {
  return other < own ? other : other - 1;
}
