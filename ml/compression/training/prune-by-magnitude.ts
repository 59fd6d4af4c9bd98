/**
 * What decides which numbers go: the smallest of each kernel (`layer`), the smallest of all (`global`), or those with the smallest part in
 * what is left of their kernel (`lamp`: Lee et al. 2021, "Layer-adaptive sparsity for the magnitude-based pruning"), which never empties one.
 */
export const PRUNING_SCOPES = ['layer', 'global', 'lamp'] as const;
export type PruningScope = (typeof PRUNING_SCOPES)[number];

/** Sets this part of the kernels' numbers to 0, in place; what is 0 already counts. */
export function pruneByMagnitude(kernels: readonly Float32Array[], sparsity: number, scope: PruningScope): void {
  if (scope === 'layer') for (const kernel of kernels) pruneLowest([kernel], [kernel.map(Math.abs)], sparsity);
  else pruneLowest(kernels, kernels.map((kernel) => (scope === 'global' ? kernel.map(Math.abs) : lampScores(kernel))), sparsity);
}

function pruneLowest(kernels: readonly Float32Array[], scores: readonly ArrayLike<number>[], sparsity: number): void {
  const sorted = new Float64Array(kernels.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const one of scores) {
    sorted.set(one, at);
    at += one.length;
  }
  sorted.sort();
  const count = Math.round(sparsity * sorted.length);
  if (count === 0) return;
  const threshold = sorted[count - 1];
  // Of equal scores at the threshold the first go, so that the count is exact.
  let equal = count - sorted.findIndex((score) => score >= threshold);
  kernels.forEach((kernel, index) => {
    for (let i = 0; i < kernel.length; i++) {
      const score = scores[index][i];
      if (score < threshold || (score === threshold && equal-- > 0)) kernel[i] = 0;
    }
  });
}

/** Each square divided by the sum of those that are not smaller. */
function lampScores(kernel: Float32Array): Float64Array {
  const order = Uint32Array.from(kernel, (_, i) => i).sort((a, b) => Math.abs(kernel[b]) - Math.abs(kernel[a]) || a - b);
  const scores = new Float64Array(kernel.length);
  let sum = 0;
  for (const i of order) {
    sum += kernel[i] ** 2;
    scores[i] = sum === 0 ? 0 : kernel[i] ** 2 / sum;
  }
  return scores;
}
