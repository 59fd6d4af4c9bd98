/**
 * Turns each row of [rows, columns] so that its number of largest size is positive, as scikit-learn's `svd_flip` does for components: an
 * eigenvector's sign is arbitrary. Of equal sizes the first counts.
 */
export function orientRows(data: Float64Array, columns: number): void {
  for (let from = 0; from < data.length; from += columns) {
    const row = data.subarray(from, from + columns);
    let largest = 0;
    for (const value of row) if (Math.abs(value) > Math.abs(largest)) largest = value;
    if (largest < 0) for (let j = 0; j < columns; j++) row[j] = -row[j];
  }
}
