const Z = 1.959963984540054; // the 97.5 % point of the normal distribution

/** The 95 % interval of a share, by Wilson's score (1927): sound near 0 and 1, where accuracies lie. */
export function wilsonInterval(hits: number, rows: number): [number, number] {
  if (rows === 0) return [0, 1];
  const share = hits / rows;
  const shrink = 1 + (Z * Z) / rows;
  const centre = (share + (Z * Z) / (2 * rows)) / shrink;
  const half = (Z / shrink) * Math.sqrt((share * (1 - share)) / rows + (Z * Z) / (4 * rows * rows));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
