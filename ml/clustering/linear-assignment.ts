import { InvalidDataError } from '../../shared/errors.js';

/**
 * The linear assignment problem: for each row the column it is given, every column to at most one row, with the largest total
 * value. With more rows than columns the rows left over get -1. Hungarian algorithm with potentials and shortest
 * augmenting paths, O(n^2 m) (Kuhn 1955; Jonker and Volgenant 1987).
 * @throws InvalidDataError when rows differ in length or a value is not finite.
 */
export function linearAssignment(values: readonly (readonly number[])[]): number[] {
  const rows = values.length;
  const columns = values[0]?.length ?? 0;
  for (const [row, line] of values.entries()) {
    if (line.length !== columns || !line.every(Number.isFinite)) {
      throw new InvalidDataError(`assignment: row ${row} is [${line.join(', ')}]; expected ${columns} finite numbers.`);
    }
  }
  if (rows <= columns) return assignRows(rows, columns, (row, column) => -values[row][column]);
  const given = new Array<number>(rows).fill(-1);
  assignRows(columns, rows, (column, row) => -values[row][column]).forEach((row, column) => (given[row] = column));
  return given;
}

/** For each of `rows` <= `columns` rows its column, at the least total cost. Index 0 of the arrays stands for "none". */
function assignRows(rows: number, columns: number, cost: (row: number, column: number) => number): number[] {
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  const before = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    const slack = new Float64Array(columns + 1).fill(Infinity);
    const seen = new Uint8Array(columns + 1);
    let at = 0;
    rowOf[0] = row;
    do {
      seen[at] = 1;
      const from = rowOf[at];
      let [least, next] = [Infinity, 0];
      for (let column = 1; column <= columns; column++) {
        if (seen[column]) continue;
        const reduced = cost(from - 1, column - 1) - rowPotential[from] - columnPotential[column];
        if (reduced < slack[column]) {
          slack[column] = reduced;
          before[column] = at;
        }
        if (slack[column] < least) [least, next] = [slack[column], column];
      }
      for (let column = 0; column <= columns; column++) {
        if (seen[column]) {
          rowPotential[rowOf[column]] += least;
          columnPotential[column] -= least;
        } else slack[column] -= least;
      }
      at = next;
    } while (rowOf[at] !== 0);
    for (; at !== 0; at = before[at]) rowOf[at] = rowOf[before[at]];
  }
  const given = new Array<number>(rows).fill(-1);
  for (let column = 1; column <= columns; column++) if (rowOf[column] > 0) given[rowOf[column] - 1] = column - 1;
  return given;
}
