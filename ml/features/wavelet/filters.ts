/** A wavelet's decomposition filters. */
export interface Wavelet {
  readonly name: 'haar' | 'db2';
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** An orthogonal wavelet from its scaling filter; the detail filter is its alternating flip. */
function orthogonal(name: Wavelet['name'], low: readonly number[]): Wavelet {
  const high = low.map((_, i) => (i % 2 === 0 ? -1 : 1) * (low[low.length - 1 - i]));
  return { name, low: Float64Array.from(low), high: Float64Array.from(high) };
}

const S = Math.SQRT2;
const R = Math.sqrt(3);

/** Haar's wavelet and Daubechies' with two vanishing moments ("Ten lectures on wavelets", 1992), as PyWavelets has them. */
export const HAAR = orthogonal('haar', [1 / S, 1 / S]);
export const DB2 = orthogonal('db2', [(1 - R) / (4 * S), (3 - R) / (4 * S), (3 + R) / (4 * S), (1 + R) / (4 * S)]);
