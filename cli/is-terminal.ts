/**
 * True when one can draw on a stream: a terminal that tells its width. A pseudo-terminal without one would make drawing
 * libraries wrap each line without end.
 */
export function isTerminal(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && stream.columns > 0;
}
