const LONGEST_MS = 30_000;

/** How long to wait before the n-th restart in a row (n from 0): 1, 2, 4, … 30 s. */
export function backOffMs(restart: number): number {
  return Math.min(LONGEST_MS, 1000 * 2 ** Math.min(restart, 16));
}
