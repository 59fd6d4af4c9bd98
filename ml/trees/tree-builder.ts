import type { NodeTotals } from './scan-bins.js';
import { LEAF } from './tree.js';
import type { Tree } from './tree.js';

/** Takes the nodes of a tree in the order in which they are grown. */
export interface TreeBuilder {
  root(): number;
  /** Makes a node a split, and gives its two children. */
  split(node: number, column: number, bin: number, gain: number): readonly [number, number];
  /** Makes a node a leaf of these classes. */
  leaf(node: number, held: NodeTotals & { readonly present: Uint8Array }): void;
  finish(): Tree;
}

export function createTreeBuilder(): TreeBuilder {
  const columns: number[] = [];
  const bins: number[] = [];
  const gains: number[] = [];
  const below: number[] = []; // a split's left child, a leaf's number
  const leafStarts = [0];
  const leafClasses: number[] = [];
  const leafWeights: number[] = [];
  const node = (): number => {
    bins.push(0);
    gains.push(0);
    below.push(0);
    return columns.push(LEAF) - 1;
  };
  return {
    root: node,
    split(parent, column, bin, gain) {
      const [left, right] = [node(), node()];
      columns[parent] = column;
      bins[parent] = bin;
      gains[parent] = gain;
      below[parent] = left;
      return [left, right];
    },
    leaf(at, { classes, byClass, present }) {
      for (let k = 0; k < classes; k++) {
        leafClasses.push(present[k]);
        leafWeights.push(byClass[k]);
      }
      below[at] = leafStarts.push(leafClasses.length) - 2;
    },
    finish() {
      const order = levelByLevel(columns, below);
      const leaves = order.filter((at) => columns[at] === LEAF).map((at) => below[at]);
      const entries = leaves.flatMap((leaf) => Array.from({ length: leafStarts[leaf + 1] - leafStarts[leaf] }, (_, i) => leafStarts[leaf] + i));
      const starts = new Int32Array(leaves.length + 1);
      leaves.forEach((leaf, i) => { starts[i + 1] = starts[i] + leafStarts[leaf + 1] - leafStarts[leaf]; });
      return {
        columns: Uint16Array.from(order, (at) => columns[at]), bins: Uint8Array.from(order, (at) => bins[at]), gains: Float64Array.from(order, (at) => gains[at]),
        leafStarts: starts, leafClasses: Uint8Array.from(entries, (i) => leafClasses[i]), leafWeights: Int32Array.from(entries, (i) => leafWeights[i]),
      };
    },
  };
}

function levelByLevel(columns: readonly number[], below: readonly number[]): number[] {
  const order = [0];
  for (let i = 0; i < order.length; i++) if (columns[order[i]] !== LEAF) order.push(below[order[i]], below[order[i]] + 1);
  return order;
}
