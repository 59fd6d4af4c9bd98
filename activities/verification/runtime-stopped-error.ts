/** A runtime that judges exported files was ended by a signal or ran out of memory while it had them: whose fault that is, nobody can tell. */
export class RuntimeStoppedError extends Error {
  override readonly name = 'RuntimeStoppedError' as const;
}
