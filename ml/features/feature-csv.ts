import type { FamilyTable, FeatureTable } from './feature-table.js';

/** Where a row of the table comes from. */
export interface RowSource {
  readonly file: string;
  readonly image: number;
}

/** The first line of the CSV: `file`, `image` and the columns of all families. */
export function csvHeader(families: readonly Pick<FamilyTable, 'columns'>[]): string {
  return `${['file', 'image', ...families.flatMap(({ columns }) => columns)].map(quoted).join(',')}\r\n`;
}

/**
 * A table of features as lines of CSV (RFC 4180); a number as short as brings the same float back.
 * @param sourceOf says which image a row belongs to.
 */
export function csvRows({ rows, families }: FeatureTable, sourceOf: (row: number) => RowSource): string {
  let lines = '';
  for (let row = 0; row < rows; row++) {
    const { file, image } = sourceOf(row);
    lines += `${quoted(file)},${image}`;
    for (const { columns: { length }, data } of families) {
      const exact = data instanceof Float64Array;
      for (let i = row * length; i < (row + 1) * length; i++) lines += `,${exact ? data[i] : shortest(data[i])}`;
    }
    lines += '\r\n';
  }
  return lines;
}

/** Nine figures tell any two floats of single precision apart. */
function shortest(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(9));
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
