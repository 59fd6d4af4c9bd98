import { ApplicationFailure, CancellationScope, condition, sleep, workflowInfo } from '@temporalio/workflow';
import type { SearchData, SearchInput, TrialFit } from '../../shared/search.js';
import { trialLoss } from '../../shared/trial-loss.js';
import { fitTrial } from './fit-trial.js';
import { planOf } from './plan-of.js';
import { rungsOf } from './rungs.js';
import type { SearchLog } from './search-log.js';
import type { Applied, Job } from './search-plan.js';
import type { SearchStatus } from './search-status.js';

/** How the trials of one execution ended; `again`: the history has grown long. */
export type TrialsEnd = 'finished' | 'out-of-time' | 'again';

/** What the trials of a search work with. */
export interface TrialsScope {
  readonly input: SearchInput;
  readonly data: SearchData;
  readonly status: SearchStatus;
  readonly log: SearchLog;
  /** Absent where time is not limited. */
  readonly msLeft?: number;
}

/**
 * Runs trials by the search's plan until it is done, the time is up, or the history has grown long. What the log knows is not fitted again.
 * Whatever ends the search ends its trials first.
 * @throws ApplicationFailure of the last failed trial's type when more trials failed than the search allows; what no trial is to blame for.
 */
export async function runTrials({ input, data, status, log, msLeft }: TrialsScope): Promise<TrialsEnd> {
  const { space } = input;
  const rungs = rungsOf(space, data.fitRows);
  const failures: TrialFit[] = [];
  const plan = planOf(space, rungs, ({ job, stopped }: Applied) => {
    if (!stopped) return;
    log.addStop(job.trial, job.rung);
    status.stopped(job.trial);
  });
  const end = (job: Job, fit: TrialFit): void => {
    if (fit.error) failures.push(fit);
    status.ended(fit);
    plan.report(job.job, trialLoss(fit, space.metric));
  };
  status.begin(rungs);

  return CancellationScope.cancellable(async () => {
    const scope = CancellationScope.current();
    const running = new Set<Promise<void>>();
    const state: { news: boolean; overtime: boolean; broken?: { readonly error: unknown } } = { news: false, overtime: false };
    const start = (job: Job): void => {
      const known = log.known(job.trial, job.rung, job.params);
      if (known) return end(job, known);
      status.started(job);
      const work = fitTrial(input, data, rungs[job.rung] ?? {}, job, () => scope.consideredCancelled).then(
        (fit) => {
          log.addFit(fit);
          end(job, fit);
        },
        (error: unknown) => void (state.broken ??= { error }),
      ).finally(() => {
        running.delete(work);
        state.news = true;
      });
      running.add(work);
    };
    const timer = msLeft === undefined ? Promise.resolve() : sleep(Math.max(1, msLeft)).then(() => void (state.overtime = true), () => undefined);

    try {
      for (;;) {
        state.news = false;
        if (state.broken) throw state.broken.error;
        refuseFailures(failures, space.maxFailures);
        if (state.overtime) return 'out-of-time';
        const long = workflowInfo().continueAsNewSuggested;
        if (long && running.size === 0) return 'again';
        const answer = long ? 'wait' : startAll(() => plan.next(), start);
        if (answer === 'done') {
          refuseFailures(failures, space.maxFailures);
          return 'finished';
        }
        await log.flush({ all: false });
        await condition(() => state.news || state.overtime);
      }
    } finally {
      scope.cancel();
      await CancellationScope.nonCancellable(() => Promise.allSettled([timer, ...running]));
    }
  });
}

/** Starts jobs until the plan wants results, or has none left. */
function startAll(next: () => Job | 'wait' | 'done', start: (job: Job) => void): 'wait' | 'done' {
  for (;;) {
    const answer = next();
    if (typeof answer === 'string') return answer;
    start(answer);
  }
}

function refuseFailures(failures: readonly TrialFit[], most: number): void {
  const last = failures.at(-1);
  if (failures.length <= most || !last?.error) return;
  throw ApplicationFailure.nonRetryable(
    `${failures.length} trials failed, more than maxFailures ${most} allows. The last, trial ${last.trial} with ${JSON.stringify(last.params)}: ${last.error.message}`,
    last.error.type,
  );
}
