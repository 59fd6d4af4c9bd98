import type { Tree } from './tree.js';

/** A tree whose leaves each hold their heaviest class alone (of equal ones the first). */
export function votingTree({ leafStarts, leafClasses, leafWeights, ...tree }: Tree): Tree {
  const leaves = leafStarts.length - 1;
  const heaviest = Int32Array.from({ length: leaves }, (_, leaf) => {
    let best = leafStarts[leaf];
    for (let i = best + 1; i < leafStarts[leaf + 1]; i++) if (leafWeights[i] > leafWeights[best]) best = i;
    return best;
  });
  return {
    ...tree, leafStarts: Int32Array.from({ length: leaves + 1 }, (_, leaf) => leaf),
    leafClasses: Uint8Array.from(heaviest, (i) => leafClasses[i]), leafWeights: heaviest.map((i) => leafWeights[i]),
  };
}
