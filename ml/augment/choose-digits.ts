import type { Matrix } from '../matrix.js';

const CLASSES = 10;

/** The first images, so many; with labels, the first 0, the first 1 ... the first 9, the second 0 ..., as far as there are any. */
export function chooseDigits(images: Matrix<Uint8Array>, rows: number, labels?: Uint8Array): Matrix<Uint8Array> {
  const all = Array.from({ length: images.rows }, (_, row) => row);
  const chosen = labels ? byTurns(all, labels) : all;
  const data = new Uint8Array(Math.min(rows, images.rows) * images.columns);
  chosen.slice(0, rows).forEach((row, i) => data.set(images.data.subarray(row * images.columns, (row + 1) * images.columns), i * images.columns));
  return { rows: data.length / images.columns, columns: images.columns, data };
}

/** Rows in the order in which classes take turns. */
function byTurns(rows: readonly number[], labels: Uint8Array): number[] {
  const seen = new Uint32Array(CLASSES);
  return rows
    .map((row) => ({ row, turn: seen[labels[row]]++, label: labels[row] }))
    .sort((a, b) => a.turn - b.turn || a.label - b.label)
    .map(({ row }) => row);
}
