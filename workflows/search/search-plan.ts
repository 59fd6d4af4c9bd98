import type { Policy, Proposal } from './policy.js';
import type { Rung } from './rungs.js';

/** A fit that the plan has decided on. */
export interface Job extends Proposal {
  /** Decisions are numbered. */
  readonly job: number;
}

/** What a plan says when asked for the next job. */
export type PlanAnswer = Job | 'wait' | 'done';

/** What has become known and was taken into account, in order. */
export interface Applied {
  readonly job: Job;
  readonly loss: number;
  /** The median rule ended the trial here. */
  readonly stopped: boolean;
}

interface Running {
  readonly job: Job;
  /** When it ends by the plan's own clock. */
  readonly endsAt: number;
}

/**
 * The order in which a search decides: which fit comes next, and which results it knows by then.
 *
 * Taking results as they arrive would make a search depend on how fast its workers happen to be: after a crash, or on another machine, it would
 * promote others. So the plan has a clock of its own, on which a fit takes as long as its resource (rounds, rows): results count in the order in
 * which they end on that clock. Since true times go much the same way, workers seldom wait for it; and the whole search is a function of its
 * document and of the results. Where nothing is decided by results (one rung), they count as they arrive.
 */
export class SearchPlan {
  readonly #policy: Policy;
  readonly #rungs: readonly Rung[];
  readonly #window: number;
  readonly #applied: (applied: Applied) => void;
  readonly #running = new Map<number, Running>();
  readonly #losses = new Map<number, number>();
  #clock = 0;
  #jobs = 0;

  /** @param applied hears of each result when it is taken into account. */
  constructor(policy: Policy, rungs: readonly Rung[], window: number, applied: (applied: Applied) => void) {
    this.#policy = policy;
    this.#rungs = rungs;
    this.#window = window;
    this.#applied = applied;
  }

  /** A job to start; `wait` when a result is needed first; `done` when there is nothing left to start or to wait for. */
  next(): PlanAnswer {
    for (;;) {
      if (this.#running.size < this.#window) {
        const proposal = this.#policy.next();
        if (proposal) return this.#start(proposal);
      }
      if (this.#running.size === 0) return 'done';
      const due = this.#due();
      if (!due) return 'wait';
      this.#apply(due);
    }
  }

  /** The result of a job: its loss, Infinity when it failed. */
  report(job: number, loss: number): void {
    this.#losses.set(job, loss);
  }

  #start(proposal: Proposal): Job {
    const job = { job: this.#jobs++, ...proposal };
    this.#running.set(job.job, { job, endsAt: this.#clock + (this.#rungs[job.rung]?.resource ?? 1) });
    return job;
  }

  /** The running job whose result counts next, when it is there. */
  #due(): Running | undefined {
    const running = [...this.#running.values()];
    if (this.#rungs.length === 1) return running.find(({ job }) => this.#losses.has(job.job));
    const first = running.reduce((a, b) => (b.endsAt < a.endsAt ? b : a));
    return this.#losses.has(first.job.job) ? first : undefined;
  }

  #apply({ job, endsAt }: Running): void {
    const loss = this.#losses.get(job.job) as number;
    this.#running.delete(job.job);
    this.#losses.delete(job.job);
    this.#clock = Math.max(this.#clock, endsAt);
    this.#applied({ job, loss, stopped: this.#policy.apply(job.rung, { trial: job.trial, loss }) });
  }
}
