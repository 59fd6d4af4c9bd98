/** How a tree grows. */
export interface GrowOptions {
  readonly criterion: 'gini' | 'entropy';
  /** The best threshold of each column, or one drawn at random. */
  readonly thresholds: 'best' | 'random';
  /** 0 sets no bound. */
  readonly maxDepth: number;
  /** Least weight on either side of a split, at least 1. */
  readonly minLeaf: number;
  /** Columns looked at for a split, drawn anew for each; those that are constant in a node do not count. */
  readonly columnsPerSplit: number;
  /** A node is split only where that lowers the impurity by so much of the whole weight. */
  readonly minImpurityDecrease: number;
}
