/** At most `count` of `rows` rows at equal distances, rising: every part of the data is seen, and no seed is needed. */
export function evenlySpacedRows(rows: number, count: number): Int32Array {
  const taken = Math.min(count, rows);
  return Int32Array.from({ length: taken }, (_, i) => Math.floor((i * rows) / taken));
}
