import { randomBytes } from 'node:crypto';

/** An id for a new run (or search) that says when it began (UTC), e.g. `run-20261123-101530-ab12`. */
export function newRunId(now: Date = new Date(), prefix: 'run' | 'search' = 'run'): string {
  const [date = '', time = ''] = now.toISOString().split('T');
  return `${prefix}-${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${randomBytes(2).toString('hex')}`;
}
