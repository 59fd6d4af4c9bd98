import { errorNamed, InternalError } from '../../shared/errors.js';

/** What the language itself throws at a mistake in the code: a step has the same mistake at every attempt. */
const DEFECTS = ['TypeError', 'ReferenceError', 'SyntaxError'];

/**
 * Rebuilds an error from a thread or a child process, with the stack it had there. A defect of the code becomes an InternalError,
 * which is not retried.
 */
export function remoteError({ name, message, stack }: { readonly name: string; readonly message: string; readonly stack: string }): Error {
  const error = DEFECTS.includes(name) ? new InternalError(`${name}: ${message}`) : errorNamed(name, message);
  if (stack) error.stack = stack;
  return error;
}
