import type { JsonObject } from '../../shared/json.js';
import { LEAF } from './tree.js';
import type { Tree } from './tree.js';

const MOST = 20;

/**
 * The columns whose splits lower the impurity most, with their part of the whole gain: [column, gain], at most twenty.
 * @param kept columns from this one on are of a projection; their part is given as one number.
 */
export function importanceOf(trees: readonly Tree[], width: number, kept: number): JsonObject {
  const gains = new Float64Array(width);
  for (const tree of trees) for (let i = 0; i < tree.columns.length; i++) if (tree.columns[i] !== LEAF) gains[tree.columns[i]] += tree.gains[i];
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  if (total === 0) return {};
  const part = (gain: number): number => Number((gain / total).toPrecision(5));
  const ranked = [...gains.subarray(0, kept).keys()].filter((column) => gains[column] > 0).sort((a, b) => gains[b] - gains[a] || a - b).slice(0, MOST);
  return {
    ...(kept > 0 && { importance: ranked.map((column) => [column, part(gains[column])]) }),
    ...(kept < width && { projectionGain: part(gains.subarray(kept).reduce((sum, gain) => sum + gain, 0)) }),
  };
}
