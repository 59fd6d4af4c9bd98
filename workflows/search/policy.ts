import type { JsonObject } from '../../shared/json.js';
import type { FitReason } from '../../shared/search.js';
import type { Score } from './scores.js';

/** A fit to be started. */
export interface Proposal {
  readonly trial: number;
  readonly rung: number;
  readonly why: FitReason;
  readonly params: JsonObject;
}

/** How a strategy chooses the next fit. It sees results only, never a clock. */
export interface Policy {
  /** The next fit, given the scores applied so far; undefined when there is none now. */
  next(): Proposal | undefined;
  /** Takes a score into account. Returns true when the median rule ends the trial here. */
  apply(rung: number, score: Score): boolean;
}
