/**
 * Scales each row of the counts (classes x classes, row-major) to the number of rows with that given label, rounded so that the rows'
 * sums are kept: an estimate of how many images of each given label truly are which digit. Northcutt et al. (2021), equation 3; as
 * cleanlab's `calibrate_confident_joint`.
 */
export function calibrateJoint(counts: Float64Array, labels: Uint8Array): Float64Array {
  const classes = Math.sqrt(counts.length);
  const given = new Float64Array(classes);
  for (const label of labels) given[label]++;
  const calibrated = new Float64Array(counts.length);
  for (let row = 0; row < classes; row++) {
    const own = counts.subarray(row * classes, (row + 1) * classes);
    const sum = own.reduce((total, count) => total + count, 0);
    calibrated.set(roundKeepingSum(own.map((count) => (count / sum) * given[row]), given[row]), row * classes);
  }
  return calibrated;
}

/** Whole numbers near the values, whose sum is `total`: the values that rounding moved most give way first. */
function roundKeepingSum(values: Float64Array, total: number): Float64Array {
  const whole = values.map(roundHalfToEven);
  for (;;) {
    const missing = total - whole.reduce((sum, value) => sum + value, 0);
    if (missing === 0) return whole;
    const step = Math.sign(missing);
    const ascending = [...values.keys()].sort((a, b) => values[a] - whole[a] - (values[b] - whole[b]) || a - b);
    const order = step > 0 ? ascending.reverse() : ascending; // of equals the last one gains and the first one loses, as in cleanlab
    for (const index of order.slice(0, Math.min(Math.abs(missing), values.length))) whole[index] += step;
  }
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  return value - floor === 0.5 ? floor + (floor % 2) : Math.round(value);
}
