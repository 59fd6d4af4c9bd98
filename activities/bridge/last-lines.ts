import type { Readable } from 'node:stream';

const KEPT_CHARACTERS = 4_000;
const KEPT_LINES = 12;

/** Reads streams to their end and keeps the last lines of them all together, for an error's message. */
export function lastLines(streams: readonly Readable[]): () => string {
  let text = '';
  for (const stream of streams) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      text = (text + chunk).slice(-KEPT_CHARACTERS);
    });
  }
  return () => text.trimEnd().split('\n').slice(-KEPT_LINES).join('\n');
}
