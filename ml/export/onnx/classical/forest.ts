import { InvalidModelError } from '../../../../shared/errors.js';
import { decodeForest } from '../../../trees/forest-bytes.js';
import { PSEUDO_VOTES, WHOLE } from '../../../trees/forest-classifier.js';
import { unpackForest } from '../../../trees/forest.js';
import type { Forest } from '../../../trees/forest.js';
import type { PackedForest } from '../../../trees/packed-forest.js';
import { loadTreeInput } from '../../../trees/tree-input.js';
import { takeArray } from './model-arrays.js';
import type { ModelArrays } from './model-arrays.js';
import type { OnnxWriter } from './onnx-writer.js';
import { projectionGraph } from './projection-graph.js';
import type { ReadRowGraph } from './row-graph.js';
import { treeSums } from './tree-ensemble.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/**
 * Trees whose leaves hold shares of classes. Without a sharpness the sums of shares, whole numbers of 255ths, are exact in float32, so that votes
 * tie where the trained model's do.
 * @param boosted whether probabilities are the softmax of sharpened votes, as AdaBoost's are.
 */
export function forestGraph(title: string, { boosted = false } = {}): ReadRowGraph {
  return (bytes) => {
    const { packed, arrays } = decodeForest(bytes, title);
    const ensemble = ensembleOf(packed, unpackForest(packed));
    const { columns } = loadTreeInput(arrays, packed.width);
    const input = treeRows(arrays, packed.width);
    const sharpness = boosted ? takeArray(title, arrays, 'sharpness', Float64Array, 1)[0] : undefined;
    if (sharpness !== undefined && !(sharpness > 0)) throw new InvalidModelError(`Not an ${title}: its sharpness is ${sharpness}, expected a number above 0.`);
    const total = packed.treeWeights.reduce((sum, weight) => sum + weight, 0) * WHOLE;
    return {
      columns,
      write(to, features) {
        const votes = to.cast(treeSums(to, ensemble, input(to, features)), 'double');
        if (sharpness !== undefined) return to.softmax(to.op('Mul', [votes, to.double(sharpness / total)]));
        return to.shares(to.op('Add', [to.op('Div', [votes, to.double(total)]), to.double(PSEUDO_VOTES / packed.treeNodes.length)]));
      },
    };
  };
}

/** The rows that trees split: the columns that come in, their projection, or one after the other. */
function treeRows(arrays: ModelArrays, width: number): (to: OnnxWriter, features: string) => string {
  if (!arrays['projection.columns']) return (_, features) => features;
  const projection = projectionGraph(arrays);
  if (width === projection.width) return projection.floats;
  return (to, features) => to.op('Concat', [features, projection.floats(to, features)], { attributes: { axis: { i: 1 } } });
}

function ensembleOf({ treeNodes }: PackedForest, { weights, roots, columns, thresholds, below, leafStarts, leafClasses, leafShares }: Forest): TreeEnsemble {
  const treeOf = new Int32Array(below.length);
  for (let tree = 0; tree < roots.length; tree++) treeOf.fill(tree, roots[tree], roots[tree] + treeNodes[tree]);
  const child = (beside: number) => (next: number, node: number): number => (next < 0 ? 0 : next + beside - roots[treeOf[node]]);
  const leafTrees = new Int32Array(leafClasses.length);
  const leafNodes = new Int32Array(leafClasses.length);
  below.forEach((next, node) => {
    if (next >= 0) return;
    const [from, end] = [leafStarts[-1 - next], leafStarts[-next]];
    leafTrees.fill(treeOf[node], from, end);
    leafNodes.fill(node - roots[treeOf[node]], from, end);
  });
  return {
    mode: 'BRANCH_LEQ', trees: treeOf, columns: Int32Array.from(columns), thresholds, leafTrees, leafNodes, leafClasses,
    nodes: treeOf.map((tree, node) => node - roots[tree]), first: below.map(child(0)), second: below.map(child(1)),
    leafWeights: Float32Array.from(leafShares, (share, i) => share * weights[leafTrees[i]]),
  };
}
