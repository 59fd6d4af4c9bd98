const known: { readonly first: Uint8Array; readonly share: Float64Array }[][] = [];

/**
 * Soft zones: each of `length` lines is shared between the two zones whose middles it lies between, zone `first` with
 * `1 - share` and the next with `share`. Beyond the outermost middles a line belongs to its zone alone. Computed once.
 */
export function zoneShares(length: number, zones: number): { readonly first: Uint8Array; readonly share: Float64Array } {
  const bySize = known[zones] ??= [];
  return bySize[length] ??= compute(length, zones);
}

function compute(length: number, zones: number): { first: Uint8Array; share: Float64Array } {
  const first = new Uint8Array(length);
  const share = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const position = Math.min(Math.max(((i + 0.5) * zones) / length - 0.5, 0), zones - 1);
    first[i] = Math.min(Math.floor(position), zones - 2);
    share[i] = position - first[i];
  }
  return { first, share };
}
