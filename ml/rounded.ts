/** To six significant figures: what a table or a figure can show, and the JSON stays small. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
