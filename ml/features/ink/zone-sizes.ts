import { zonesOf } from './zones-of.js';

const known: Uint16Array[][] = [];

/** How many of `length` lines each of `zones` zones has. Computed once. */
export function zoneSizes(length: number, zones: number): Uint16Array {
  const bySize = known[zones] ??= [];
  return bySize[length] ??= compute(length, zones);
}

function compute(length: number, zones: number): Uint16Array {
  const sizes = new Uint16Array(zones);
  for (const zone of zonesOf(length, zones)) sizes[zone]++;
  return sizes;
}
