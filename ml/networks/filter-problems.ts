import { optionProblems } from './option-problems.js';

/** Problems of the filters of unpadded 3 x 3 convolutions, one list a block, each block ending in a 2 x 2 max-pool. */
export function filterProblems(filters: readonly (readonly number[])[], side: number): string[] {
  const isBlock = (block: readonly number[]): boolean => optionProblems.counts('filters', block).length === 0;
  if (!Array.isArray(filters) || filters.length === 0 || !filters.every(isBlock)) {
    return [`filters is ${JSON.stringify(filters)}: expected lists of whole numbers of at least 1, one list a block, e.g. [[16],[32,64]]`];
  }
  const left = filters.reduce((map, block) => Math.floor((map - 2 * block.length) / 2), side);
  return optionProblems.sideLeft(`the filters ${JSON.stringify(filters)}`, side, left);
}
