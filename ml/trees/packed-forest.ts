/**
 * Trees as they are stored: the arrays of an `.npz`. Nodes stand tree by tree, each tree level by level (see Tree), so that children
 * need no index. Cuts are those in use, by column; a split names one by its number among its column's.
 */
export interface PackedForest {
  /** Of the rows that the trees take. */
  readonly width: number;
  /** By tree: how many nodes it has. */
  readonly treeNodes: Int32Array;
  /** By tree: what its vote counts. */
  readonly treeWeights: Float64Array;
  /** By node: the column it splits; 65,535 marks a leaf. */
  readonly nodeColumns: Uint16Array;
  /** By split: the cut's number among its column's. */
  readonly splitCuts: Uint8Array;
  /** By column: how many cuts are in use. */
  readonly cutCounts: Uint8Array;
  readonly cuts: Float32Array;
  /** By leaf: how many classes it holds. */
  readonly leafSizes: Uint8Array;
  /** By entry of a leaf: a class, and its share in 255ths; a leaf's shares sum to 255. */
  readonly leafClasses: Uint8Array;
  readonly leafShares: Uint8Array;
}
