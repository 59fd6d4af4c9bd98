/** The stack in a state folder belongs to somebody else, and what was asked of it is not ours to do. */
export class ForeignStackError extends Error {
  override readonly name = 'ForeignStackError' as const;
}
