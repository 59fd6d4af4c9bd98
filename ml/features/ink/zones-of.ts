const known: Uint8Array[][] = [];

/** The zone of each of `length` lines when they are cut into `zones` parts as equal as can be. Computed once. */
export function zonesOf(length: number, zones: number): Uint8Array {
  const bySize = known[zones] ??= [];
  return bySize[length] ??= Uint8Array.from({ length }, (_, i) => Math.floor((i * zones) / length));
}
