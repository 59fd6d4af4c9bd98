/*
 * Temporal reports an error's class name as its failure type; PERMANENT lists those that no retry can mend.
 * Say what was got, what was expected and what to do.
 */

/** The data given cannot be used: a truncated file, a wrong magic number, labels out of range, an empty set, NaN. */
export class InvalidDataError extends Error {
  override readonly name = 'InvalidDataError' as const;
}

/** A setting, an option or a command line that cannot be honoured. */
export class InvalidConfigError extends Error {
  override readonly name = 'InvalidConfigError' as const;
}

/** A model cannot be fitted, loaded or applied to what was given (wrong width, a class missing, foreign bytes). */
export class InvalidModelError extends Error {
  override readonly name = 'InvalidModelError' as const;
}

/** A loss or a gradient is no longer finite; the last checkpoint is kept. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError' as const;
}

/** The bytes read are not the bytes that were written. */
export class CorruptArtifactError extends Error {
  override readonly name = 'CorruptArtifactError' as const;
}

/** An artifact, a run or a step's manifest that is not there. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError' as const;
}

/** A thread or a child process ended without a result (crash, hang, out-of-memory kill). A retry may mend it. */
export class ComputeCrashedError extends Error {
  override readonly name = 'ComputeCrashedError' as const;
}

/** A device's memory does not hold what a computation needs. A smaller batch may. */
export class OutOfMemoryError extends Error {
  override readonly name = 'OutOfMemoryError' as const;
}

/** A foreign library that is missing or does not answer as expected. */
export class NativeLibraryError extends Error {
  override readonly name = 'NativeLibraryError' as const;
}

/** A defect of Digitloom itself. */
export class InternalError extends Error {
  override readonly name = 'InternalError' as const;
}

const CLASSES = {
  InvalidDataError, InvalidConfigError, InvalidModelError, DivergedError, CorruptArtifactError, NotFoundError,
  ComputeCrashedError, OutOfMemoryError, NativeLibraryError, InternalError,
};

/** Failure types that no retry mends. */
export const PERMANENT: readonly string[] = [
  'InvalidDataError', 'InvalidConfigError', 'InvalidModelError', 'DivergedError', 'NativeLibraryError', 'InternalError',
  // The store is consistent: what is gone or changed stays so until somebody runs the step that made it again.
  'NotFoundError', 'CorruptArtifactError',
];

/** Rebuilds an error that crossed a thread's or a process's boundary, where its class is lost. */
export function errorNamed(name: string, message: string): Error {
  const known = (CLASSES as Record<string, new (message: string) => Error>)[name];
  if (known) return new known(message);
  return new ComputeCrashedError(name === 'Error' ? message : `${name}: ${message}`);
}
