import type { ArtifactRef } from './artifact.js';
import type { ModelConfig, PipelineConfig } from './config.js';
import type { Json, JsonObject } from './json.js';
import type { SourceFile, StageProgress } from './run.js';

/** How a search chooses what to try. */
export const STRATEGIES = ['random', 'grid', 'asha'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** What a search minimises or maximises, measured on the validation rows. */
export const SEARCH_METRICS = ['validationLogLoss', 'validationAccuracy'] as const;
export type SearchMetric = (typeof SEARCH_METRICS)[number];

/** The values among which a search looks for one hyper-parameter. `steps`: how many of them a grid takes. */
export type ParamSpace =
  | { readonly choice: readonly Json[] }
  | { readonly uniform: readonly [number, number]; readonly steps?: number }
  | { readonly logUniform: readonly [number, number]; readonly steps?: number }
  | { readonly integer: readonly [number, number]; readonly log?: boolean; readonly steps?: number };

/** What a trial gets little of at first: training rows, or a whole-numbered hyper-parameter such as `rounds`. */
export interface SearchResource {
  /** `rows`, or the name of a hyper-parameter. */
  readonly of: string;
  readonly min: number;
  /** Absent for rows only: all there are. */
  readonly max?: number;
}

/** The median stopping rule of Vizier. */
export interface MedianStopping {
  /** Rungs that every trial is granted before it is judged. */
  readonly grace: number;
  /** Other trials that must have come as far. */
  readonly minSamples: number;
}

/** A search's document, complete. */
export interface SearchSpace {
  /** The name of the model. */
  readonly model: string;
  readonly params: Readonly<Record<string, ParamSpace>>;
  readonly strategy: Strategy;
  /** At most so many sets of values are tried. */
  readonly trials: number;
  /** Trials that run at once. */
  readonly window: number;
  /** Wall-clock time after which the search ends, e.g. `30m`. */
  readonly timeBudget?: string;
  readonly metric: SearchMetric;
  readonly resource?: SearchResource;
  /** From rung to rung the resource grows by this factor; ASHA promotes one in so many. */
  readonly reduction: number;
  readonly medianStopping?: MedianStopping;
  /** More failed trials than this fail the search. */
  readonly maxFailures: number;
  readonly seed: number;
}

/** What a search looks at: made by ingest and features, or by an earlier execution of the same search. */
export interface SearchData {
  readonly dataset: ArtifactRef;
  readonly features?: ArtifactRef;
  /** Training rows without the validation rows. */
  readonly fitRows: number;
}

/** What starts the workflow `search`. */
export interface SearchInput {
  readonly searchId: string;
  readonly space: SearchSpace;
  /** Settings of a run with this one model; the sections after train are off. */
  readonly config: PipelineConfig;
  readonly source: readonly SourceFile[];
  /** Parts of the search's log that are in the store already: it goes on from there. */
  readonly parts: number;
  /** Set where a long search continues as new. */
  readonly continued?: { readonly data: SearchData; readonly usedMs: number };
}

/** Why a fit was started. */
export type FitReason = 'new' | 'promoted' | 'continued';

/** One fit of a trial, at one rung. */
export interface TrialFit {
  /** The number of the decision that started it. */
  readonly job: number;
  readonly trial: number;
  /** 0 is the lowest. */
  readonly rung: number;
  readonly why: FitReason;
  /** The values that the search chose; the resource is not among them. */
  readonly params: JsonObject;
  /** Absent where the search has no rungs. */
  readonly resource?: number;
  readonly validationLogLoss?: number;
  readonly validationAccuracy?: number;
  /** Key of the step `fit-<kind>`. */
  readonly key?: string;
  /** Seconds of computation when it was computed. */
  readonly seconds?: number;
  readonly cached?: boolean;
  readonly note?: string;
  /** Why it failed. */
  readonly error?: { readonly type: string; readonly message: string };
}

/** One line of a search's log; `stop`: the median rule ended a trial after a rung. */
export type SearchEntry =
  | { readonly kind: 'fit'; readonly fit: TrialFit }
  | { readonly kind: 'stop'; readonly trial: number; readonly rung: number }
  | { readonly kind: 'steps'; readonly keys: readonly string[] };

export type SearchState = 'running' | 'finished' | 'out-of-time' | 'failed' | 'cancelled';

/** A trial, as the live table shows it: its newest fit. */
export interface TrialProgress {
  readonly trial: number;
  readonly params: JsonObject;
  readonly rung: number;
  readonly resource?: number;
  /** `waiting`: it may be promoted yet. */
  readonly state: 'running' | 'waiting' | 'done' | 'stopped' | 'failed';
  readonly validationLogLoss?: number;
  readonly validationAccuracy?: number;
  readonly seconds?: number;
  readonly note?: string;
}

/** Answer of the `search` query. */
export interface SearchProgress {
  readonly searchId: string;
  readonly state: SearchState;
  readonly model: string;
  readonly strategy: Strategy;
  readonly metric: SearchMetric;
  readonly planned: number;
  readonly counts: { readonly trials: number; readonly fits: number; readonly running: number; readonly failed: number; readonly stopped: number; readonly cached: number };
  /** By rung: its resource and the fits that ended there. */
  readonly rungs: readonly { readonly resource?: number; readonly fits: number }[];
  /** The best at most 20, best first; those that have no figure yet come last. */
  readonly top: readonly TrialProgress[];
  readonly seconds: number;
  readonly timeBudget?: string;
  /** Data being prepared. */
  readonly stages: readonly StageProgress[];
}

/** The winner of a search. */
export interface BestTrial extends Omit<TrialFit, 'job' | 'why' | 'error'> {
  /** The model's settings with the values found and the resource at which it was found. */
  readonly model: ModelConfig;
}

/** What the workflow `search` returns; all else is in its record. */
export interface SearchHeadline {
  readonly searchId: string;
  readonly state: SearchState;
  readonly digest: string;
  readonly trials: number;
  readonly failed: number;
  readonly best?: Pick<BestTrial, 'trial' | 'params' | 'resource' | 'validationLogLoss' | 'validationAccuracy'>;
}

/** One trial of a record. */
export interface TrialRecord {
  readonly trial: number;
  readonly params: JsonObject;
  readonly fits: readonly TrialFit[];
  /** The rung after which the median rule ended it. */
  readonly stoppedAfter?: number;
}

/** `searches/<id>.json`: written at the start, and again at the end. */
export interface SearchRecord extends Pick<SearchInput, 'searchId' | 'space' | 'config' | 'source'> {
  readonly kind: 'search';
  readonly state: SearchState;
  /** SHA-256 of what the search is and found, without clocks: the same search has the same digest wherever and however it ran. */
  readonly digest: string;
  readonly datasetDigest: string;
  readonly trials: readonly TrialRecord[];
  readonly best?: BestTrial;
  readonly seconds: number;
  /** Keys of all its steps: the roots of garbage collection. */
  readonly keys: readonly string[];
}

/** The query of the workflow `search`. */
export const SEARCH_QUERY = 'search';
