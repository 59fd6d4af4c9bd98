import type { GreedyScore } from './greedy-score.js';

/** How one bag is selected from. */
export interface SelectionOptions {
  /** Bases in the bag, by number. */
  readonly bag: readonly number[];
  /** Selections at most, those of the start included. */
  readonly picks: number;
  /** At most so many of the best bases begin the selection, each for as long as it makes it better. */
  readonly start: number;
}

/**
 * Greedy ensemble selection with replacement from one bag (Caruana et al. 2004): begins with the best bases, then adds whichever base
 * lowers the loss of the mean most, again and again, and keeps the selection at its lowest loss. Of equals the first in the bag.
 * @returns how often each base of the bag was selected, in the bag's order, and the loss.
 */
export function selectGreedily(score: GreedyScore, { bag, picks, start }: SelectionOptions): { counts: number[]; loss: number } {
  const alone = bag.map((base) => score.with(base));
  const ranked = bag.map((_, i) => i).sort((a, b) => alone[a] - alone[b] || a - b);
  const chosen: number[] = [];
  let loss = Number.POSITIVE_INFINITY;
  const pick = (index: number, reached: number): void => {
    score.add(bag[index]);
    chosen.push(index);
    loss = reached;
  };
  for (const index of ranked.slice(0, Math.max(1, start))) {
    const reached = score.with(bag[index]);
    if (reached >= loss) break;
    pick(index, reached);
  }
  let best = { length: chosen.length, loss };
  while (chosen.length < picks) {
    const losses = bag.map((base) => score.with(base));
    const lowest = Math.min(...losses);
    pick(losses.indexOf(lowest), lowest);
    if (loss < best.loss) best = { length: chosen.length, loss };
  }
  const counts = new Array<number>(bag.length).fill(0);
  for (const index of chosen.slice(0, best.length)) counts[index]++;
  return { counts, loss: best.loss };
}
