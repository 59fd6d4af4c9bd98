/** Moves one pointer; the argument of the update {@link MOVE_POINTER_UPDATE}. */
export interface MovePointer {
  /** Lower-case letters, digits and hyphens, e.g. `latest`. */
  readonly name: string;
  /** The run (or, later, the model version) it shall name. */
  readonly target: string;
}

/** One move, as the audit keeps it. */
export interface PointerMove extends MovePointer {
  /** Milliseconds since 1970, workflow time. */
  readonly at: number;
}

/** The state of the `pointers` workflow: what its query answers and what it hands on when it continues as new. */
export interface PointersState {
  readonly pointers: Readonly<Record<string, string>>;
  /** The newest moves, oldest first, at most {@link AUDITED_MOVES}. */
  readonly moves: readonly PointerMove[];
}

/** Moves that the audit keeps. */
export const AUDITED_MOVES = 100;

/** The pointer that names the newest finished run. */
export const LATEST = 'latest';
