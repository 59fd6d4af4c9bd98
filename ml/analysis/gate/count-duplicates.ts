import type { Matrix } from '../../matrix.js';

/**
 * How many rows repeat an earlier row byte by byte. Rows are found by a hash (FNV-1a over 32 bits) in an open table and then
 * compared, so that no collision is counted.
 */
export function countDuplicates({ rows, columns, data }: Matrix<Uint8Array>): number {
  const slots = 2 ** Math.ceil(Math.log2(2 * rows + 2));
  const table = new Int32Array(slots).fill(-1);
  const hashes = new Int32Array(rows);
  let repeated = 0;
  for (let row = 0; row < rows; row++) {
    const hash = (hashes[row] = hashOf(data, row * columns, columns));
    let slot = (hash ^ (hash >>> 15)) & (slots - 1);
    while (table[slot] >= 0 && !(hashes[table[slot]] === hash && same(data, table[slot] * columns, row * columns, columns))) slot = (slot + 1) & (slots - 1);
    if (table[slot] >= 0) repeated++;
    else table[slot] = row;
  }
  return repeated;
}

function hashOf(data: Uint8Array, offset: number, length: number): number {
  let hash = 0x811c9dc5;
  for (let at = offset; at < offset + length; at++) hash = Math.imul(hash ^ data[at], 0x01000193);
  return hash | 0;
}

function same(data: Uint8Array, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (data[a + i] !== data[b + i]) return false;
  return true;
}
