/** A setting for rows and columns, given once or twice; absent: ones. */
export function pair(value: unknown): readonly [number, number] {
  if (Array.isArray(value)) return [Number(value[0]), Number(value[1] ?? value[0])];
  const both = value === undefined || value === null ? 1 : Number(value);
  return [both, both];
}
