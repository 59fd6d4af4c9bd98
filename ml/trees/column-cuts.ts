/**
 * Where to cut a column into at most `maxBins` bins: between neighbouring values, between all of them where they are few, else at
 * quantiles. A value goes left of a cut when it is not larger.
 * @param sorted ascending values, at least one.
 */
export function columnCuts(sorted: Float32Array, maxBins: number): number[] {
  const cuts: number[] = [];
  let distinct = 1;
  for (let i = 1; i < sorted.length; i++) if (sorted[i] !== sorted[i - 1]) distinct++;
  const step = distinct <= maxBins ? 0 : sorted.length / maxBins;
  let due = step;
  for (let i = 1; i < sorted.length && cuts.length < maxBins - 1; i++) {
    if (sorted[i] === sorted[i - 1] || i < due) continue;
    cuts.push(between(sorted[i - 1], sorted[i]));
    if (step > 0) due = (Math.floor(i / step) + 1) * step;
  }
  return cuts;
}

/** The middle of two values as a float32, never the upper one itself. */
function between(low: number, high: number): number {
  const middle = Math.fround(low / 2 + high / 2);
  return middle >= low && middle < high ? middle : low;
}
