import { NativeLibraryError, OutOfMemoryError } from '../../shared/errors.js';
import type { TensorFlowLibrary } from './library.js';

const RESOURCE_EXHAUSTED = 8; // tsl::error::Code

/**
 * Runs `use` with a TF_Status and frees it.
 * @throws OutOfMemoryError when TensorFlow ran out of memory, else NativeLibraryError in its own words, when the status is not OK.
 */
export function withStatus<R>(library: TensorFlowLibrary, what: string, use: (status: bigint) => R): R {
  const status = library.functions.TF_NewStatus();
  try {
    const result = use(status);
    throwUnlessOk(library, what, status);
    return result;
  } finally {
    library.functions.TF_DeleteStatus(status);
  }
}

/** @throws as `withStatus` when the status is not OK. */
export function throwUnlessOk({ functions }: TensorFlowLibrary, what: string, status: bigint): void {
  const code = functions.TF_GetCode(status);
  if (code === 0) return;
  const message = `TensorFlow, ${what}: ${firstLine(functions.TF_Message(status))}`;
  throw code === RESOURCE_EXHAUSTED ? new OutOfMemoryError(message) : new NativeLibraryError(message);
}

/** The library repeats where in its graph it stood, over many lines. */
function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}
