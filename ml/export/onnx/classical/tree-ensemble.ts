import { CLASSES } from '../../../models/model.js';
import type { OnnxWriter } from './onnx-writer.js';

/** Trees node by node, in any order; the root of a tree is its node 0. */
export interface TreeEnsemble {
  /** BRANCH_LEQ: not above the threshold goes to the first child; BRANCH_LT: below it. Exact: float32 against float32. */
  readonly mode: 'BRANCH_LEQ' | 'BRANCH_LT';
  /** By node: its tree, its number there, the column that it reads, the threshold, and its children's numbers; a leaf's are all 0. */
  readonly trees: Int32Array;
  readonly nodes: Int32Array;
  readonly columns: Int32Array;
  readonly thresholds: Float32Array;
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** By entry of a leaf: its tree and node, and how much it gives to which class. */
  readonly leafTrees: Int32Array;
  readonly leafNodes: Int32Array;
  readonly leafClasses: Uint8Array;
  readonly leafWeights: Float32Array;
}

/**
 * The sums of what a row's leaves give, float32 [batch, 10].
 * @param base added to each class's sum, [10].
 */
export function treeSums(to: OnnxWriter, ensemble: TreeEnsemble, rows: string, base?: readonly number[]): string {
  const { mode, trees, nodes, columns, thresholds, first, second, leafTrees, leafNodes, leafClasses, leafWeights } = ensemble;
  return to.op('TreeEnsembleRegressor', [rows], {
    domain: 'ai.onnx.ml',
    attributes: {
      n_targets: { i: CLASSES }, aggregate_function: { s: 'SUM' }, post_transform: { s: 'NONE' }, ...(base && { base_values: { floats: base } }),
      nodes_treeids: { ints: trees }, nodes_nodeids: { ints: nodes }, nodes_featureids: { ints: columns }, nodes_values: { floats: thresholds },
      nodes_modes: { strings: Array.from(first, (child) => (child === 0 ? 'LEAF' : mode)) },
      nodes_truenodeids: { ints: first }, nodes_falsenodeids: { ints: second },
      target_treeids: { ints: leafTrees }, target_nodeids: { ints: leafNodes }, target_ids: { ints: leafClasses }, target_weights: { floats: leafWeights },
    },
  });
}
