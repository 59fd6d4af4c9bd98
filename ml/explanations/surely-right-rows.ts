import type { Matrix } from '../matrix.js';

/** A confidence below which an answer is no longer called sure. */
const SURE = 0.99;

/**
 * `count` rows that are read rightly and surely, as evenly spread over the digits as they can be, in the order of the digits. Of a digit's sure rows they are evenly spaced, so that no seed is needed and not the easiest are shown; of a digit that
 * is never read surely, the surest right row.
 */
export function surelyRightRows(proba: Matrix<Float32Array>, predicted: Uint8Array, labels: Uint8Array, count: number): number[] {
  return Array.from({ length: proba.columns }, (_, digit) => {
    const upTo = (end: number): number => Math.floor((end * count) / proba.columns);
    const wanted = upTo(digit + 1) - upTo(digit);
    const sureness = (row: number): number => proba.data[row * proba.columns + digit];
    const right = [...labels.keys()].filter((row) => labels[row] === digit && predicted[row] === digit);
    const sure = right.filter((row) => sureness(row) >= SURE);
    if (sure.length < wanted) return right.toSorted((a, b) => sureness(b) - sureness(a)).slice(0, wanted);
    return Array.from({ length: wanted }, (__, i) => sure[Math.floor(((i + 0.5) * sure.length) / wanted)]);
  }).flat();
}
