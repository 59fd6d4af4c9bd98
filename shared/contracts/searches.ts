import type { BestTrial, SearchEntry, SearchInput, SearchState } from '../search.js';
import type { FitModelInput } from './steps.js';

/** The record of a search, as it stands: what its log says is read from the store. */
export interface RecordSearchInput extends Pick<SearchInput, 'searchId' | 'space' | 'config' | 'source' | 'parts'> {
  readonly state: SearchState;
  /** Empty before the data was read. */
  readonly datasetDigest: string;
  readonly seconds: number;
}

/** What a recorded search found. */
export interface RecordedSearch {
  readonly digest: string;
  readonly best?: Omit<BestTrial, 'model'>;
}

/** The memory of a search outside its workflow: a log in parts, each of them small, and the record that is made of it. */
export interface SearchActivities {
  /** Writes one part of the log; writing it again changes nothing. */
  saveSearchPart(input: { readonly searchId: string; readonly part: number; readonly entries: readonly SearchEntry[] }): Promise<void>;
  readSearchPart(input: { readonly searchId: string; readonly part: number }): Promise<readonly SearchEntry[]>;
  /** Writes `searches/<id>.json` of the log's parts. */
  recordSearch(input: RecordSearchInput): Promise<RecordedSearch>;
}

/** What the workflow `trial` is told: one fit. */
export interface TrialInput extends Omit<FitModelInput, 'progressTo'> {
  /** For people: `trial 7, rung 2`. */
  readonly label: string;
}

/** What the workflow `trial` returns. */
export interface TrialResult {
  readonly validationLogLoss: number;
  readonly validationAccuracy: number;
  readonly key: string;
  readonly seconds: number;
  readonly cached: boolean;
  readonly note: string;
}
