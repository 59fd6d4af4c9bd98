import type { FeatureTable } from './feature-table.js';

const BATCH = 64; // rows a piece

/** Where a row of the table comes from. */
export interface RowSource {
  readonly file: string;
  readonly image: number;
}

/**
 * A table of features as CSV (RFC 4180), piece by piece: `file`, `image` and the columns of all families; a number as short
 * as brings the same float back.
 * @param sourceOf says which image a row belongs to.
 */
export function* featureCsv({ rows, families }: FeatureTable, sourceOf: (row: number) => RowSource): Generator<string> {
  yield `${['file', 'image', ...families.flatMap(({ columns }) => columns)].map(quoted).join(',')}\r\n`;
  for (let from = 0; from < rows; from += BATCH) {
    let piece = '';
    for (let row = from; row < Math.min(rows, from + BATCH); row++) {
      const { file, image } = sourceOf(row);
      piece += `${quoted(file)},${image}`;
      for (const { columns: { length }, data } of families) {
        const exact = data instanceof Float64Array;
        for (let i = row * length; i < (row + 1) * length; i++) piece += `,${exact ? data[i] : shortest(data[i])}`;
      }
      piece += '\r\n';
    }
    yield piece;
  }
}

/** Nine figures tell any two floats of single precision apart. */
function shortest(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(9));
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
