/**
 * Reorders `values[0 .. count)` and `companions` with it so that the `k` smallest values come first, in no order; returns the
 * k-th smallest. 1 <= k <= count. Hoare's quickselect with the median of three.
 */
export function selectSmallest(values: Float32Array, companions: Int32Array, count: number, k: number): number {
  let from = 0;
  let to = count - 1;
  while (from < to) {
    const pivot = medianOfThree(values[from], values[(from + to) >> 1], values[to]);
    let i = from;
    let j = to;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const value = values[i];
      values[i] = values[j];
      values[j] = value;
      const companion = companions[i];
      companions[i++] = companions[j];
      companions[j--] = companion;
    }
    if (k - 1 <= j) to = j;
    else if (k - 1 >= i) from = i;
    else break; // all between j and i equal the pivot
  }
  return values[k - 1];
}

function medianOfThree(a: number, b: number, c: number): number {
  return a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b;
}
