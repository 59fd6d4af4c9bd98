import type { LabelledMatrix } from '../../ml/matrix.js';
import { binColumns } from '../../ml/trees/bin-columns.js';
import type { BinnedColumns } from '../../ml/trees/binned-columns.js';
import type { GrowOptions } from '../../ml/trees/grow-options.js';
import { growTree } from '../../ml/trees/grow-tree.js';
import { LEAF } from '../../ml/trees/tree.js';
import type { Tree } from '../../ml/trees/tree.js';

/** A whole tree by Gini impurity, of every column. */
export const WHOLE_TREE: GrowOptions = { criterion: 'gini', thresholds: 'best', maxDepth: 0, minLeaf: 1, columnsPerSplit: 1_000, minImpurityDecrease: 0 };

/** Columns in at most 255 bins. */
export function binned({ x }: LabelledMatrix): BinnedColumns {
  return binColumns([x], 255, () => undefined);
}

/** Grows a tree on rows that count as often as `weights` say, once where they are left out. */
export function growATree(rows: LabelledMatrix, options: Partial<GrowOptions>, weights?: Int32Array): Tree {
  const data = binned(rows);
  const candidates = Int32Array.from({ length: data.columns }, (_, column) => column);
  return growTree({ ...data, labels: rows.labels, weights: weights ?? new Int32Array(data.rows).fill(1), candidates }, { ...WHOLE_TREE, ...options }, 3, () => undefined);
}

/** A node as its rows are sent down the tree anew. */
export interface WalkedNode {
  readonly depth: number;
  readonly rows: readonly number[];
  /** Undefined for a leaf, which holds `held`: [class, weight]. */
  readonly split: { readonly column: number; readonly bin: number; readonly gain: number } | undefined;
  readonly held: readonly (readonly [number, number])[];
}

/** The nodes of a tree, level by level, with the rows that reach them. */
export function walkTree({ columns, bins, gains, leafStarts, leafClasses, leafWeights }: Tree, data: BinnedColumns): readonly WalkedNode[] {
  const reached = [{ depth: 0, rows: Array.from({ length: data.rows }, (_, row) => row) }];
  let leaf = 0;
  return Array.from(columns, (column, node) => {
    const here = reached[node] ?? { depth: NaN, rows: [] };
    if (column === LEAF) {
      const entries = Array.from({ length: (leafStarts[leaf + 1] ?? 0) - (leafStarts[leaf] ?? 0) }, (_, i) => (leafStarts[leaf] ?? 0) + i);
      leaf++;
      return { ...here, split: undefined, held: entries.map((i) => [leafClasses[i] ?? NaN, leafWeights[i] ?? NaN] as const) };
    }
    const bin = bins[node] ?? NaN;
    const goesLeft = (row: number): boolean => (data.bins[column * data.rows + row] ?? NaN) <= bin;
    for (const side of [true, false]) reached.push({ depth: here.depth + 1, rows: here.rows.filter((row) => goesLeft(row) === side) });
    return { ...here, split: { column, bin, gain: gains[node] ?? NaN }, held: [] };
  });
}
