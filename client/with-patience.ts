import { setTimeout as sleep } from 'node:timers/promises';
import { isGrpcServiceError } from '@temporalio/client';

/** gRPC codes of a server that is away, restarting or overloaded: cancelled, unknown, deadline, exhausted, aborted, internal, unavailable. */
const PASSING = new Set([1, 2, 4, 8, 10, 13, 14]);
const PAUSE_MS = 1_000;

/** True when an error of the client says that the server is away, not that the question was wrong. */
export function isPassing(error: unknown): boolean {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return isGrpcServiceError(cause) && PASSING.has(cause.code);
}

/**
 * Asks again, once a second, while the server is away: a restart of Temporal costs seconds, not the answer. Patience is counted from
 * the first failure; an answer may be waited for as long as it takes.
 * @throws what the server answers, and its absence once that has lasted `forMs`.
 */
export async function withPatience<T>(ask: () => Promise<T>, { forMs = 300_000, signal }: { readonly forMs?: number; readonly signal?: AbortSignal } = {}): Promise<T> {
  let awaySince: number | undefined;
  for (;;) {
    const askedAt = Date.now();
    try {
      return await ask();
    } catch (error) {
      const now = Date.now();
      // Who let us wait that long was there.
      if (awaySince === undefined || now - askedAt > forMs / 2) awaySince = now;
      if (!isPassing(error) || now - awaySince > forMs || signal?.aborted) throw error;
      await sleep(PAUSE_MS, undefined, signal ? { signal } : {});
    }
  }
}
