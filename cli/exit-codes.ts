import { ForeignStackError } from '../infra/stack/foreign-stack-error.js';
import { InvalidConfigError, InvalidDataError, NotFoundError } from '../shared/errors.js';

/** What the command line's exit status says; `--help` shows this table. */
export const EXIT = { ok: 0, failed: 1, usage: 2, cancelled: 3, noStack: 4, unverified: 5 } as const;

/** No stack is running, or its servers do not answer. */
export class NoStackError extends Error {
  override readonly name = 'NoStackError' as const;
}

/** The exit code that an error deserves. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof NoStackError || error instanceof ForeignStackError) return EXIT.noStack;
  if (error instanceof InvalidConfigError || error instanceof InvalidDataError || error instanceof NotFoundError) return EXIT.usage;
  return EXIT.failed;
}
