import type { SearchSpace } from '../../shared/search.js';
import { planOf } from '../../workflows/search/plan-of.js';
import { rungsOf } from '../../workflows/search/rungs.js';
import type { Applied, Job } from '../../workflows/search/search-plan.js';

/** What a search did, had each fit taken so long and given that loss. */
export interface Played {
  readonly jobs: readonly Job[];
  readonly applied: readonly Applied[];
  /** The time at which the last fit ended. */
  readonly endsAt: number;
  /** Sum of all fits' times. */
  readonly busy: number;
}

/** Plays a search's plan with workers (as many as its window unless told) whose fits take `secondsOf` and give `lossOf` (Infinity: it failed). */
export function playPlan(space: SearchSpace, lossOf: (job: Job) => number, secondsOf: (job: Job) => number = () => 1, workers: number = space.window): Played {
  const applied: Applied[] = [];
  const jobs: Job[] = [];
  const plan = planOf(space, rungsOf(space, 50_000), (one) => applied.push(one));
  const queue: Job[] = [];
  let running: { readonly job: Job; readonly endsAt: number }[] = [];
  let clock = 0;
  let busy = 0;
  for (;;) {
    const answer = plan.next();
    if (typeof answer === 'object') {
      jobs.push(answer);
      queue.push(answer);
    }
    if (running.length + queue.length > space.window) throw new Error(`${running.length + queue.length} fits at once, in a window of ${space.window}`);
    while (running.length < workers && queue.length > 0) {
      const job = queue.shift() as Job;
      const seconds = secondsOf(job);
      busy += seconds;
      running.push({ job, endsAt: clock + seconds });
    }
    if (answer === 'done') return { jobs, applied, endsAt: clock, busy };
    if (answer === 'wait') {
      const first = running.reduce((a, b) => (b.endsAt < a.endsAt ? b : a));
      running = running.filter((one) => one !== first);
      clock = first.endsAt;
      plan.report(first.job.job, lossOf(first.job));
    }
  }
}

/** A job in a few signs: `7@1 promoted`. */
export function told({ trial, rung, why }: Job): string {
  return `${trial}@${rung} ${why}`;
}
