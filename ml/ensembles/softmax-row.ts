/** Turns the scores of one row into probabilities, in place. */
export function softmaxRow(scores: Float64Array): void {
  let max = scores[0];
  for (let k = 1; k < scores.length; k++) max = Math.max(max, scores[k]);
  let sum = 0;
  for (let k = 0; k < scores.length; k++) sum += scores[k] = Math.exp(scores[k] - max);
  for (let k = 0; k < scores.length; k++) scores[k] /= sum;
}
