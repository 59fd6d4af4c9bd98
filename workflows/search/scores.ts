/** A trial's loss at a rung; a failed fit's is Infinity. */
export interface Score {
  readonly trial: number;
  readonly loss: number;
}

/** What the fits of a search gave, by rung: losses, lower is better. */
export class Scores {
  readonly #ranked: Score[][];
  readonly #byTrial = new Map<number, number[]>();

  constructor(rungs: number) {
    this.#ranked = Array.from({ length: rungs }, () => []);
  }

  add(rung: number, score: Score): void {
    const ranked = this.ranked(rung);
    let low = 0;
    let high = ranked.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compared(ranked[middle] as Score, score) < 0) low = middle + 1;
      else high = middle;
    }
    ranked.splice(low, 0, score);
    this.#byTrial.set(score.trial, [...this.lossesOf(score.trial), score.loss]);
  }

  /** The scores of a rung, best first; of equal ones the earlier trial's first. */
  ranked(rung: number): Score[] {
    return this.#ranked[rung] as Score[];
  }

  /** A trial's losses, from the lowest rung on. */
  lossesOf(trial: number): readonly number[] {
    return this.#byTrial.get(trial) ?? [];
  }
}

function compared(a: Score, b: Score): number {
  if (a.loss !== b.loss) return a.loss < b.loss ? -1 : 1;
  return a.trial - b.trial;
}
