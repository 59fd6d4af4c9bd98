import { ComputeCrashedError } from '../../shared/errors.js';
import type { StepProgress } from '../../shared/step.js';
import type { ProgressState } from './progress-state.js';

/** What {@link whileHeartbeating} works with. */
export interface HeartbeatOptions {
  readonly state: ProgressState;
  /** Tells the orchestrator that the computation lives. */
  readonly heartbeat: (details: StepProgress) => void;
  /** Ends the work when the caller is cancelled. */
  readonly signal: AbortSignal;
  /** @default 1000 */
  readonly everyMs?: number;
  /** After so long without progress the work is taken for hung and aborted, later where its own pace is slow; absent or 0: never. */
  readonly silenceMs?: number;
}

/** Work that was slow so far, on a machine with too much to do, may be silent for so many times its longest pause ... */
const PAUSES = 5;
/** ... but for no longer than so many times the limit. */
const LIMITS = 12;

/**
 * Runs work and heartbeats, but only when its progress moved since the last heartbeat: a timer alone would vouch for a hung
 * thread for ever. A start may be silent, up to a limit of its own, while libraries load; and work whose pauses were long before may
 * pause as long again. The work gets a signal that aborts on cancellation and on silence.
 * @throws ComputeCrashedError when it was silent for too long; otherwise what the work throws.
 */
export async function whileHeartbeating<T>(options: HeartbeatOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { state, heartbeat, signal, everyMs = 1000, silenceMs = 0 } = options;
  const silence = new AbortController();
  let seen = state.moves;
  let movedAt = performance.now();
  let longestPause = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    if (state.start === 'overdue') {
      silence.abort(new ComputeCrashedError('The computation did not start in time and was ended as hung. A retry starts it again.'));
      return;
    }
    const patience = Math.min(Math.max(silenceMs, PAUSES * longestPause), LIMITS * silenceMs);
    if (state.moves !== seen || state.start === 'running') {
      if (state.start !== 'running') longestPause = Math.max(longestPause, now - movedAt);
      seen = state.moves;
      movedAt = now;
      heartbeat(state.latest);
    } else if (patience > silenceMs && now - movedAt <= patience) {
      heartbeat(state.latest);
    } else if (silenceMs > 0 && now - movedAt > patience) {
      const seconds = Math.round((now - movedAt) / 1000);
      silence.abort(new ComputeCrashedError(`The computation showed no progress for ${seconds} s and was ended as hung. A retry starts it again.`));
    }
  }, everyMs);
  try {
    heartbeat(state.latest);
    return await work(AbortSignal.any([signal, silence.signal]));
  } finally {
    clearInterval(timer);
  }
}
