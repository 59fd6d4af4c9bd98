/** A runtime that judges exported files is not installed or does not start; the message says what brings it. */
export class RuntimeMissingError extends Error {
  override readonly name = 'RuntimeMissingError' as const;
}
