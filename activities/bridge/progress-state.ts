import type { StepProgress } from '../../shared/step.js';

/** How far a computation has come, and a count that moves with every sign of life from it. */
export class ProgressState {
  readonly #listener: ((update: StepProgress) => void) | undefined;
  #moves = 0;
  #latest: StepProgress = { fraction: 0 };
  #startBy: number | undefined;

  /** The listener hears every report. */
  constructor(listener?: (update: StepProgress) => void) {
    this.#listener = listener;
  }

  get moves(): number {
    return this.#moves;
  }

  get latest(): StepProgress {
    return this.#latest;
  }

  /** Whether the computation is still starting, or should have started by now. */
  get start(): 'over' | 'running' | 'overdue' {
    if (this.#startBy === undefined) return 'over';
    return performance.now() < this.#startBy ? 'running' : 'overdue';
  }

  /** A computation starts that can say nothing while it loads its libraries: its first report is due in so many ms. */
  starting(withinMs: number): void {
    this.#startBy = performance.now() + withinMs;
  }

  /** The computation has started: from here on silence is a hang. */
  started(): void {
    this.#startBy = undefined;
  }

  /** The computation has moved. */
  report(update: StepProgress): void {
    this.started();
    this.#latest = update;
    this.#moves += 1;
    this.#listener?.(update);
  }

  /** A transfer or another wait of the bridge itself has moved. */
  touch(): void {
    this.#moves += 1;
  }
}
