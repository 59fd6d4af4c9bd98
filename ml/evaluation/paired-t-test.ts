import type { PairedTTest, Spread } from '../../shared/metrics.js';
import { spreadOf } from './spread-of.js';
import { studentTwoSided } from './student-t.js';

/** Differences of figures that are counted over images: closer than this they are one. */
const EQUAL = 1e-12;

/**
 * Student's t-test of the differences of figures that belong together (Student, "The Probable Error of a Mean", 1908).
 * @param a at least two figures.
 * @param b as many; the figure at an index has the seed of the one in `a`.
 */
export function pairedTTest(a: readonly number[], b: readonly number[]): PairedTTest {
  const differences = a.map((figure, i) => figure - b[i]);
  const difference = spreadOf(differences);
  const ahead = (sign: number): number => differences.filter((each) => sign * each > EQUAL).length;
  return { pairs: a.length, difference, aAhead: ahead(1), bAhead: ahead(-1), pValue: pValueOf(difference, a.length) };
}

function pValueOf({ mean, deviation }: Spread, pairs: number): number | null {
  if (deviation > EQUAL) return studentTwoSided((mean * Math.sqrt(pairs)) / deviation, pairs - 1);
  return Math.abs(mean) <= EQUAL ? 1 : null;
}
