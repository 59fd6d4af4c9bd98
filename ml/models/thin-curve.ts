/** A point of a training curve: after `step` rounds, epochs or iterations (1-based). */
export interface CurvePoint {
  readonly step: number;
  readonly value: number;
  readonly [key: string]: number;
}

/** At most `limit` points of a curve, evenly spaced, the first and the last among them; values to five digits. */
export function thinCurve(values: readonly number[], limit = 40): CurvePoint[] {
  const points = Math.min(limit, values.length);
  return Array.from({ length: points }, (_, i) => {
    const index = points === 1 ? values.length - 1 : Math.round((i * (values.length - 1)) / (points - 1));
    return { step: index + 1, value: Number(values[index].toPrecision(5)) };
  });
}
