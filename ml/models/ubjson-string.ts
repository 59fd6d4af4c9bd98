import { integerAt } from './ubjson-integer.js';

const STRING = 0x53; // S

/** The first string that stands under `key` in UBJSON, found by scanning; undefined where there is none. */
export function stringNamed(key: string, ubjson: Uint8Array): string | undefined {
  const bytes = Buffer.from(ubjson.buffer, ubjson.byteOffset, ubjson.byteLength);
  const name = Buffer.from(key);
  for (let at = bytes.indexOf(name); at >= 0; at = bytes.indexOf(name, at + 1)) {
    const mark = at + name.length;
    if (bytes[mark] !== STRING) continue;
    const [width, length] = integerAt(bytes, mark + 1);
    const from = mark + 1 + width;
    return bytes.toString('utf8', from, from + length);
  }
  return undefined;
}
