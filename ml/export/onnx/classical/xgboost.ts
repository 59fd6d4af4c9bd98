import { InvalidModelError } from '../../../../shared/errors.js';
import { CLASSES } from '../../../models/model.js';
import { arraysNamed } from '../../../models/ubjson-arrays.js';
import { stringNamed } from '../../../models/ubjson-string.js';
import { chosenColumnsOf } from '../../../models/xgboost-chosen-columns.js';
import type { RowGraph } from './row-graph.js';
import { treeSums } from './tree-ensemble.js';
import type { TreeEnsemble } from './tree-ensemble.js';

const LEAF = -1;

/** XGBoost's trees, one a class and round, and the softmax of their sums. A column that the model does not use is not read. */
export function xgboostGraph(ubjson: Uint8Array): RowGraph {
  const booster = stringNamed('name', ubjson);
  if (ubjson[0] !== 0x7b || booster !== 'gbtree') {
    throw new InvalidModelError(`ONNX: expected an XGBoost model of trees (gbtree) in UBJSON, got ${booster ?? 'other bytes'}.`);
  }
  const used = Number(stringNamed('num_feature', ubjson));
  const chosen = chosenColumnsOf(stringNamed('chosen_columns', ubjson), used);
  const base = (JSON.parse(`[${(stringNamed('base_score', ubjson) ?? '0').replaceAll(/[[\]]/g, '')}]`) as number[]);
  const bases = base.length === 1 ? new Array<number>(CLASSES).fill(base[0]) : base;
  if (bases.length !== CLASSES) throw new InvalidModelError(`ONNX: the XGBoost model has ${base.length} base scores, expected 1 or ${CLASSES}.`);
  const ensemble = ensembleOf(ubjson, chosen?.columns);
  return {
    columns: chosen?.width ?? used,
    write: (to, features) => to.op('Softmax', [treeSums(to, ensemble, features, bases)], { attributes: { axis: { i: 1 } } }),
  };
}

/** @param chosen the row's column for each of the trees'. */
function ensembleOf(ubjson: Uint8Array, chosen: readonly number[] | undefined): TreeEnsemble {
  const [classes = []] = arraysNamed('tree_info', ubjson);
  const [lefts, rights, splits, conditions] = ['left_children', 'right_children', 'split_indices', 'split_conditions'].map((key) => arraysNamed(key, ubjson));
  if ([lefts, rights, splits, conditions].some(({ length }) => length !== classes.length) || classes.some((digit) => digit >= CLASSES)) {
    throw new InvalidModelError(`ONNX: the XGBoost model names the classes of ${classes.length} trees, but holds the nodes of ${lefts.length}; expected as many, of digits.`);
  }
  const sizes = lefts.map(({ length }) => length);
  const trees = Int32Array.from(sizes.flatMap((size, tree) => new Array<number>(size).fill(tree)));
  const nodes = Int32Array.from(sizes.flatMap((size) => Array.from({ length: size }, (_, node) => node)));
  const split = (values: readonly number[][], of = (value: number): number => value): number[] =>
    values.flatMap((own, tree) => own.map((value, node) => (lefts[tree][node] === LEAF ? 0 : of(value))));
  const leaves = trees.map((_, i) => i).filter((i) => lefts[trees[i]][nodes[i]] === LEAF);
  return {
    mode: 'BRANCH_LT', trees, nodes,
    columns: Int32Array.from(split(splits, (column) => (chosen ? chosen[column] : column))), thresholds: Float32Array.from(split(conditions)),
    first: Int32Array.from(split(lefts)), second: Int32Array.from(split(rights)),
    leafTrees: leaves.map((i) => trees[i]), leafNodes: leaves.map((i) => nodes[i]),
    leafClasses: Uint8Array.from(leaves, (i) => classes[trees[i]]), leafWeights: Float32Array.from(leaves, (i) => conditions[trees[i]][nodes[i]]),
  };
}
