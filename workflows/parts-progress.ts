import { defineSignal, getExternalWorkflowHandle, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';
import type { ModelProgressSignal } from '../shared/contracts/steps.js';
import { MODEL_PROGRESS_SIGNAL } from '../shared/run.js';

const partSignal = defineSignal<[ModelProgressSignal]>(MODEL_PROGRESS_SIGNAL);

/** How far the fits of a child workflow are: shown in its details, part by part, and told to its run as one. */
export interface PartsProgress {
  /** A part is over: the run hears how many are. */
  done(part: string): Promise<void>;
}

/**
 * Takes the signals of a child workflow's fits. A child that was started by itself has nobody to tell.
 * @param shownAs how the run calls all of them together.
 * @param parts the names under which the fits signal.
 * @param noun what they are, e.g. `folds`.
 */
export function partsProgress(shownAs: string, parts: readonly string[], noun: string): PartsProgress {
  const { parent } = workflowInfo();
  const progress = new Map(parts.map((part) => [part, { fraction: 0, note: 'waiting' }]));
  const show = (): void => setCurrentDetails([...progress].map(([part, { fraction, note }]) => `- ${part}/${parts.length}: ${Math.round(100 * fraction)} %${note && `, ${note}`}`).join('\n'));
  setHandler(partSignal, ({ name, fraction, note }) => {
    if (!progress.has(name) || progress.get(name)?.note === 'done') return;
    progress.set(name, { fraction, note });
    show();
  });
  show();
  let done = 0;
  return {
    async done(part) {
      progress.set(part, { fraction: 1, note: 'done' });
      show();
      done += 1;
      if (!parent) return;
      const signal: ModelProgressSignal = { name: shownAs, fraction: done / parts.length, note: `${done}/${parts.length} ${noun}`, metrics: {} };
      await getExternalWorkflowHandle(parent.workflowId).signal(MODEL_PROGRESS_SIGNAL, signal);
    },
  };
}
