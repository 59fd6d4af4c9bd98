import type { JsonObject } from '../../shared/json.js';
import { checkWidth } from '../models/check-width.js';
import { CLASSES } from '../models/model.js';
import type { Classifier } from '../models/model.js';
import { encodeForest } from './forest-bytes.js';
import { forestVotes } from './forest-votes.js';
import { unpackForest } from './forest.js';
import type { PackedForest } from './packed-forest.js';
import type { TreeInput } from './tree-input.js';

/** What a leaf's shares sum to. */
export const WHOLE = 255;
/** Added to each class's votes, in trees: no class is ruled out. */
export const PSEUDO_VOTES = 0.02;

/**
 * A classifier on trees.
 * @param sharpness undefined: probabilities are the trees' mean shares; a number: the softmax of so many times them.
 * @throws InvalidModelError when the packed arrays do not fit each other.
 */
export function forestClassifier(kind: string, packed: PackedForest, input: TreeInput, sharpness: number | undefined, details: JsonObject): Classifier {
  const forest = unpackForest(packed);
  const total = packed.treeWeights.reduce((sum, weight) => sum + weight, 0) * WHOLE;
  return {
    columns: input.columns,
    parameters: input.parameters + 2 * packed.splitCuts.length + packed.leafClasses.length,
    runtime: 'typescript',
    details: { trees: packed.treeNodes.length, depth: forest.depth, leaves: packed.leafSizes.length, ...details },

    async predictProba(x) {
      checkWidth(kind, x, input.columns);
      const votes = forestVotes(forest, input.apply(x));
      const data = new Float32Array(votes.length);
      for (let from = 0; from < votes.length; from += CLASSES) {
        let sum = 0;
        for (let k = 0; k < CLASSES; k++) {
          const share = votes[from + k] / total;
          sum += votes[from + k] = sharpness === undefined ? share + PSEUDO_VOTES / forest.roots.length : Math.exp(sharpness * (share - 1));
        }
        for (let k = 0; k < CLASSES; k++) data[from + k] = votes[from + k] / sum;
      }
      return { rows: x.rows, columns: CLASSES, data };
    },

    async save() {
      return encodeForest(packed, { ...input.arrays(), ...(sharpness !== undefined && { sharpness: { data: Float64Array.of(sharpness), shape: [1] } }) });
    },

    dispose() {
      // everything is on the JavaScript heap
    },
  };
}
