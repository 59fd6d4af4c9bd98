import { npyHeader } from './npy-header.js';

/** Writes texts as the NPY file of a numpy array of `str`: UTF-32, all as long as the longest. */
export function encodeNpyText(texts: readonly string[]): Uint8Array {
  const letters = texts.map((text) => Array.from(text, (letter) => letter.codePointAt(0) ?? 0));
  const longest = letters.reduce((most, { length }) => Math.max(most, length), 1); // numpy has no shorter type
  const header = npyHeader(`<U${longest}`, [texts.length]);
  const bytes = new Uint8Array(header.length + 4 * longest * texts.length);
  bytes.set(header);
  const view = new DataView(bytes.buffer, header.length);
  letters.forEach((codes, row) => codes.forEach((code, i) => view.setUint32(4 * (row * longest + i), code, true)));
  return bytes;
}
