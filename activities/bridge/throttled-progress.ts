import type { StepProgress } from '../../shared/step.js';

const EVERY_MS = 100;

/** Passes at most ten updates a second on, so that a step may report as often as it likes. */
export function throttledProgress(send: (update: StepProgress) => void): (update: StepProgress) => void {
  let sentAt = -Infinity;
  return (update) => {
    const now = performance.now();
    if (now - sentAt < EVERY_MS) return;
    sentAt = now;
    send(update);
  };
}
