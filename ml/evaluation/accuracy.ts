/** Share of the predictions that are right, in [0, 1]; 0 where there is none. */
export function accuracy(predicted: Uint8Array, labels: Uint8Array): number {
  let hits = 0;
  for (let row = 0; row < labels.length; row++) if (predicted[row] === labels[row]) hits++;
  return labels.length === 0 ? 0 : hits / labels.length;
}
