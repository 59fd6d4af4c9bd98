import type { Matrix } from '../../matrix.js';

const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * Groups of rows with the same bytes, each in the order of the rows, ordered by their first; rows without a twin are left out.
 * FNV-1a hashes find them, their bytes decide.
 */
export function exactDuplicates({ rows, columns, data }: Matrix<Uint8Array>): number[][] {
  const groupsOf = new Map<number, number[][]>();
  for (let row = 0; row < rows; row++) {
    let hash = BASIS;
    for (let at = row * columns; at < (row + 1) * columns; at++) hash = Math.imul(hash ^ data[at], PRIME);
    const groups = groupsOf.get(hash);
    const own = groups?.find(([first]) => sameBytes(data, first * columns, row * columns, columns));
    if (own) own.push(row);
    else if (groups) groups.push([row]);
    else groupsOf.set(hash, [[row]]);
  }
  return [...groupsOf.values()].flat().filter(({ length }) => length > 1).sort((a, b) => a[0] - b[0]);
}

function sameBytes(data: Uint8Array, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (data[a + i] !== data[b + i]) return false;
  return true;
}
