import type { JsonObject } from '../../shared/json.js';
import type { MedianStopping } from '../../shared/search.js';
import { medianStops } from './median-stops.js';
import type { Policy, Proposal } from './policy.js';
import type { Score } from './scores.js';
import { Scores } from './scores.js';

/**
 * Asynchronous successive halving (Li et al. 2020, "A System for Massively Parallel Hyperparameter Tuning", algorithm 2): whenever there is
 * room, the best trial of the highest rung that is among the top 1/reduction of its rung and not promoted yet goes one rung up; where there
 * is none, a new trial begins at the lowest rung. A failed fit counts as the worst and is never promoted.
 */
export class AshaPolicy implements Policy {
  readonly #scores: Scores;
  readonly #params: JsonObject[] = [];
  /** By rung: the trials that went on from there, and those that the median rule ended there. */
  readonly #promoted: Set<number>[];
  readonly #stopped: Set<number>[];
  readonly #suggestions: Iterator<JsonObject, void>;
  readonly #reduction: number;
  readonly #median: MedianStopping | undefined;

  constructor(suggestions: Iterator<JsonObject, void>, rungs: number, reduction: number, median?: MedianStopping) {
    this.#suggestions = suggestions;
    this.#reduction = reduction;
    this.#median = median;
    this.#scores = new Scores(rungs);
    this.#promoted = Array.from({ length: rungs - 1 }, () => new Set());
    this.#stopped = Array.from({ length: rungs - 1 }, () => new Set());
  }

  next(): Proposal | undefined {
    for (let rung = this.#promoted.length - 1; rung >= 0; rung--) {
      const trial = this.#promotable(rung);
      if (trial === undefined) continue;
      this.#promoted[rung]?.add(trial);
      return { trial, rung: rung + 1, why: 'promoted', params: this.#params[trial] as JsonObject };
    }
    const { value: params, done } = this.#suggestions.next();
    if (done) return undefined;
    return { trial: this.#params.push(params) - 1, rung: 0, why: 'new', params };
  }

  apply(rung: number, score: Score): boolean {
    this.#scores.add(rung, score);
    const stops = this.#median !== undefined && rung < this.#stopped.length && score.loss !== Infinity && medianStops(this.#scores, score.trial, rung, this.#median);
    if (stops) this.#stopped[rung]?.add(score.trial);
    return stops;
  }

  #promotable(rung: number): number | undefined {
    const ranked = this.#scores.ranked(rung);
    const top = Math.floor(ranked.length / this.#reduction);
    return ranked.slice(0, top).find(({ trial, loss }) => loss !== Infinity && !this.#promoted[rung]?.has(trial) && !this.#stopped[rung]?.has(trial))?.trial;
  }
}
