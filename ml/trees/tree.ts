/**
 * A grown tree on binned columns. Nodes stand level by level, the root first; the two children of a split stand beside each other, in
 * the order of their parents, so that children need no index: those of the s-th split are the nodes 2 s + 1 and 2 s + 2.
 */
export interface Tree {
  /** The column that a node splits; LEAF marks a leaf. */
  readonly columns: Uint16Array;
  /** Rows go left whose bin is not above this one; 0 in leaves. */
  readonly bins: Uint8Array;
  /** By how much a split lowers the impurity, times the weight that it sees; 0 in leaves. */
  readonly gains: Float64Array;
  /** The classes of the l-th leaf are the entries [leafStarts[l], leafStarts[l + 1]). */
  readonly leafStarts: Int32Array;
  readonly leafClasses: Uint8Array;
  /** The weight of a class in a leaf: rows, counted as often as they were drawn. */
  readonly leafWeights: Int32Array;
}

/** Stands in `Tree.columns` for a leaf. */
export const LEAF = 65_535;
