import { integerAt } from './ubjson-integer.js';

const KEY = new TextEncoder().encode('num_nodes');
const STRING = 0x53; // S: UBJSON's mark of a string, before the mark of its length

/**
 * How many nodes (splits and leaves) the trees of an XGBoost model have: the sum of `num_nodes` in its UBJSON, found by
 * scanning, since reading whole trees to count them takes longer than predicting with them.
 */
export function treeNodes(ubjson: Uint8Array): number {
  const bytes = Buffer.from(ubjson.buffer, ubjson.byteOffset, ubjson.byteLength);
  let nodes = 0;
  for (let at = bytes.indexOf(KEY); at >= 0; at = bytes.indexOf(KEY, at + 1)) {
    let cursor = at + KEY.length;
    if (bytes[cursor++] !== STRING) continue;
    const [width, length] = integerAt(bytes, cursor);
    cursor += width;
    nodes += Number(bytes.toString('latin1', cursor, cursor + length));
  }
  return nodes;
}
