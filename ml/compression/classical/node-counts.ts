import type { LabelledMatrix } from '../../matrix.js';
import { CLASSES } from '../../models/model.js';
import type { Forest } from '../../trees/forest.js';
import { unitOf } from '../../unit-of.js';

/** How many rows of each class pass through each node of a forest, [nodes, 10]. @param x as the trees split it */
export function nodeCounts({ roots, columns, thresholds, below }: Forest, { x, labels }: LabelledMatrix): Int32Array {
  const counts = new Int32Array(below.length * CLASSES);
  const unit = unitOf(x);
  for (const root of roots) {
    for (let row = 0, offset = 0; row < x.rows; row++, offset += x.columns) {
      for (let node = root; ;) {
        counts[node * CLASSES + labels[row]]++;
        const next = below[node];
        if (next < 0) break;
        node = x.data[offset + columns[node]] * unit > thresholds[node] ? next + 1 : next;
      }
    }
  }
  return counts;
}
