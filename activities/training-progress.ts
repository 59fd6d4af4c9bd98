import type { ModelProgressSignal } from '../shared/contracts/steps.js';
import type { StepProgress } from '../shared/step.js';
import type { StepActivityDeps } from './activity-deps.js';
import { withTrainingSpeed } from './training-speed.js';

const EVERY_MS = 1_000;
/** After so many signals the pause between two of them doubles, and again after as many more. */
const DOUBLES_AFTER = 250;

/**
 * Signals a model's progress to its run, at most once a second, ever more rarely in a long training, and only when it has
 * something new to say: a run takes 10,000 signals, and a training of twelve hours sends fewer than 2,000. A signal that fails is
 * logged and forgotten, since progress is a courtesy.
 */
export function trainingProgress(
  { signalProgress, log }: Pick<StepActivityDeps, 'signalProgress' | 'log'>,
  workflowId: string,
  name: string,
  clock: () => number = () => performance.now(),
): (update: StepProgress) => void {
  let sentAt = -Infinity;
  let sent = '';
  let signals = 0;
  const measured = withTrainingSpeed(clock);
  return (update) => {
    const { fraction, note = '', metrics = {} } = measured(update);
    const signal: ModelProgressSignal = { name, fraction, note, metrics };
    const text = JSON.stringify({ note, percent: Math.floor(fraction * 100) });
    const now = clock();
    if (text === sent || now - sentAt < EVERY_MS * 2 ** Math.floor(signals / DOUBLES_AFTER)) return;
    sent = text;
    sentAt = now;
    signals += 1;
    signalProgress(workflowId, signal).catch((error: unknown) => log.warn({ workflowId, name, err: error }, 'a progress signal failed'));
  };
}
