import type { Matrix } from '../matrix.js';

/** The label of the nearest mean (Euclidean) for each row; of equally near ones the first. @param labels of the means' rows. */
export function nearestMean(x: Matrix<Float32Array>, means: Matrix<Float32Array>, labels: readonly number[]): Uint8Array {
  const { rows, columns, data } = x;
  const nearest = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    let least = Infinity;
    for (let k = 0; k < means.rows; k++) {
      let distance = 0;
      for (let j = 0; j < columns; j++) distance += (data[row * columns + j] - means.data[k * columns + j]) ** 2;
      if (distance >= least) continue;
      least = distance;
      nearest[row] = labels[k];
    }
  }
  return nearest;
}
