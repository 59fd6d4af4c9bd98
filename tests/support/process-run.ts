import type { ProcessRun } from '../../activities/bridge/run-in-process.js';
import { ProgressState } from '../../activities/bridge/progress-state.js';
import { stepEntry } from './step-entry.js';

/** A ProcessRun of a test step with nothing to read. */
export function processRun(step: string, folder: string, params: ProcessRun['task']['params'] = {}): ProcessRun {
  return {
    entry: stepEntry(step),
    task: { params, seed: 7, native: {}, files: {}, folder },
    env: { PATH: process.env['PATH'] ?? '' },
    state: new ProgressState(),
    signal: new AbortController().signal,
    saveCheckpoint: () => Promise.resolve(),
    warn: () => undefined,
  };
}
