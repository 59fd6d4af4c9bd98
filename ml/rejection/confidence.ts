import type { Matrix } from '../matrix.js';

/** How sure each row's answer is: its largest probability. */
export function largestProbability({ rows, columns, data }: Matrix<Float32Array>): Float64Array {
  const sure = new Float64Array(rows);
  for (let row = 0, from = 0; row < rows; row++, from += columns) {
    for (let k = 0; k < columns; k++) if (data[from + k] > sure[row]) sure[row] = data[from + k];
  }
  return sure;
}

/** How sure each row's answer is: its largest probability less its second. */
export function margin({ rows, columns, data }: Matrix<Float32Array>): Float64Array {
  const lead = new Float64Array(rows);
  for (let row = 0, from = 0; row < rows; row++, from += columns) {
    let [first, second] = [0, 0];
    for (let k = 0; k < columns; k++) {
      const p = data[from + k];
      if (p > first) [first, second] = [p, first];
      else if (p > second) second = p;
    }
    lead[row] = first - second;
  }
  return lead;
}
