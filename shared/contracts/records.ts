import type { ArtifactRef } from '../artifact.js';
import type { RunResult } from '../run.js';
import type { CandidateEntry, CandidateHandle } from './candidates.js';

/** Keys of steps, as an object of the store: one part of a list of any length. */
export interface KeyList {
  readonly kind: 'keys';
  readonly keys: readonly string[];
}

/** All that the table of models is made of. */
export interface EvaluatedCandidates {
  readonly candidates: readonly CandidateHandle[];
  /** Evaluation (JSON). */
  readonly evaluation: ArtifactRef;
  /** KeyLists, joined: the `measure` steps of the first candidates, in their order; none where nothing was timed. */
  readonly measured: readonly ArtifactRef[];
  /** KeyLists, joined: the `calibrate` steps in the order of the candidates; none where nothing was calibrated. */
  readonly calibrated: readonly ArtifactRef[];
  /** CompressionGate (JSON); absent where no variant was judged. */
  readonly gate?: ArtifactRef;
}

/** What is known of a run without looking into the store. */
export type RunFacts = Omit<RunResult, 'models' | 'evaluation' | 'report' | 'analysis' | 'exports'>;

/** The last of a run: what its record is put together from. */
export interface RecordRunInput {
  readonly run: RunFacts;
  /** Absent where nothing was evaluated. */
  readonly evaluated?: EvaluatedCandidates;
  /** Places among the evaluated candidates of those that were computed in this run, not answered from the store. Places, since names of many models are long. */
  readonly computed: readonly number[];
  readonly report?: ArtifactRef;
  readonly analysis?: ArtifactRef;
  /** KeyLists, joined: the export steps. */
  readonly exported?: readonly ArtifactRef[];
  /** KeyLists: the keys of all steps. */
  readonly keys: readonly ArtifactRef[];
}

/** Book-keeping around the steps. */
export interface RunActivities {
  /** Keeps what is known of a candidate in the store and gives its handle. */
  recordCandidate(input: Omit<CandidateEntry, 'kind'>): Promise<CandidateHandle>;
  /** Keeps a list of step keys (a KeyList) in the store. */
  keepKeys(input: { readonly keys: readonly string[] }): Promise<ArtifactRef>;
  /** Writes `runs/<id>.json`: the result and all step keys (the roots of garbage collection). */
  recordRun(input: RecordRunInput): Promise<void>;
  /** Moves a pointer (`latest`) through the entity workflow. */
  movePointer(input: { readonly name: string; readonly target: string }): Promise<void>;
}
