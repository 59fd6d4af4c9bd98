import { InvalidModelError } from '../../shared/errors.js';
import { CLASSES } from './model.js';
import { arraysNamed } from './ubjson-arrays.js';

const LEAF = -1;

/**
 * The total gain of the splits on each column, of each digit's own trees: ten rows of `columns` numbers. The library's own
 * scores do not tell the digits apart; its UBJSON says which class a tree belongs to (`tree_info`) and what each split gained
 * (`loss_changes`).
 * @param columns how many the trees know.
 * @throws InvalidModelError when the arrays of the trees do not fit each other.
 */
export function gainsByClass(ubjson: Uint8Array, columns: number): Float64Array[] {
  const [classes = []] = arraysNamed('tree_info', ubjson);
  const [lefts, splits, changes] = ['left_children', 'split_indices', 'loss_changes'].map((key) => arraysNamed(key, ubjson));
  if ([lefts, splits, changes].some(({ length }) => length !== classes.length)) {
    throw new InvalidModelError(`Not an XGBoost model of trees: it names the classes of ${classes.length}, but holds ${lefts.length} with children, ${splits.length} with columns and ${changes.length} with gains.`);
  }
  const gains = Array.from({ length: CLASSES }, () => new Float64Array(columns));
  classes.forEach((digit, tree) => {
    const ofDigit = gains[digit];
    if (!ofDigit) throw new InvalidModelError(`Not an XGBoost model of digits: tree ${tree} belongs to class ${digit}, expected 0 to ${CLASSES - 1}.`);
    lefts[tree].forEach((left, node) => {
      if (left !== LEAF) ofDigit[splits[tree][node]] += changes[tree][node];
    });
  });
  return gains;
}
