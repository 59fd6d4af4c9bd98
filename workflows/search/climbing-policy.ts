import type { JsonObject } from '../../shared/json.js';
import type { MedianStopping } from '../../shared/search.js';
import { medianStops } from './median-stops.js';
import type { Policy, Proposal } from './policy.js';
import type { Score } from './scores.js';
import { Scores } from './scores.js';

/** Random search and grid: every trial climbs rung after rung to the top, unless it fails or the median rule ends it. */
export class ClimbingPolicy implements Policy {
  readonly #scores: Scores;
  readonly #params: JsonObject[] = [];
  readonly #climbing: { readonly trial: number; readonly rung: number }[] = [];
  readonly #suggestions: Iterator<JsonObject, void>;
  readonly #rungs: number;
  readonly #median: MedianStopping | undefined;

  constructor(suggestions: Iterator<JsonObject, void>, rungs: number, median?: MedianStopping) {
    this.#suggestions = suggestions;
    this.#rungs = rungs;
    this.#median = median;
    this.#scores = new Scores(rungs);
  }

  next(): Proposal | undefined {
    const climber = this.#climbing.shift();
    if (climber) return { ...climber, why: 'continued', params: this.#params[climber.trial] as JsonObject };
    const { value: params, done } = this.#suggestions.next();
    if (done) return undefined;
    return { trial: this.#params.push(params) - 1, rung: 0, why: 'new', params };
  }

  apply(rung: number, score: Score): boolean {
    this.#scores.add(rung, score);
    if (score.loss === Infinity || rung === this.#rungs - 1) return false;
    if (this.#median && medianStops(this.#scores, score.trial, rung, this.#median)) return true;
    this.#climbing.push({ trial: score.trial, rung: rung + 1 });
    return false;
  }
}
