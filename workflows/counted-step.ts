import type { CountedStep, StepResult } from '../shared/step.js';

/** What a run counts of a step: its key and its seconds, no summary and no outputs. */
export function countedStep({ key, cached, computedSeconds }: StepResult): CountedStep {
  return { key, cached, computedSeconds };
}
