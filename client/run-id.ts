import { randomBytes } from 'node:crypto';

/** An id for a new run that says when it began (UTC), e.g. `run-20261123-101530-ab12`. */
export function newRunId(now: Date = new Date()): string {
  const [date = '', time = ''] = now.toISOString().split('T');
  return `run-${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${randomBytes(2).toString('hex')}`;
}
