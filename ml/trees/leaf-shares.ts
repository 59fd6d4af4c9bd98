const WHOLE = 255;

/**
 * A leaf's class weights as 255ths that sum to 255 (largest remainders; of equal ones the earlier class).
 */
export function leafShares(weights: Int32Array, from: number, to: number, out: Uint8Array): void {
  let total = 0;
  for (let i = from; i < to; i++) total += weights[i];
  let left = WHOLE;
  const remainders: { readonly at: number; readonly rest: number }[] = [];
  for (let i = from; i < to; i++) {
    const share = (weights[i] / total) * WHOLE;
    out[i] = Math.floor(share);
    left -= out[i];
    remainders.push({ at: i, rest: share - out[i] });
  }
  remainders.sort((a, b) => b.rest - a.rest || a.at - b.at);
  for (let i = 0; i < left; i++) out[remainders[i].at]++;
}
