import { setInterval } from 'node:timers';
import type { ProgressState } from './bridge/progress-state.js';

const EVERY_MS = 1_000;

/**
 * Counts a transfer as work that moves, for as long as the store's client may take for one request: the client gives a dead
 * connection up by itself, and a large object on a slow line is no hang. Whatever else moves `state` begins the time anew.
 */
export async function whileTransferring<T>(state: ProgressState, transfer: () => Promise<T>, limitMs = 120_000): Promise<T> {
  let seen = state.moves;
  let since = performance.now();
  const timer = setInterval(() => {
    if (state.moves !== seen) since = performance.now();
    if (performance.now() - since < limitMs) state.touch();
    seen = state.moves;
  }, Math.min(EVERY_MS, limitMs / 4));
  try {
    return await transfer();
  } finally {
    clearInterval(timer);
    state.touch();
  }
}
