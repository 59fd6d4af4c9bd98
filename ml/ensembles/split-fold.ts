import { InvalidConfigError, InvalidDataError } from '../../shared/errors.js';
import { deriveSeed } from '../random.js';
import { stratifiedFolds } from './stratified-folds.js';

/** One part in twenty of the rows outside the fold says when to stop fitting. */
const VALIDATION_PARTS = 20;

/** Where a fold's rows go; together they are all rows, each once, ascending. */
export interface FoldSplit {
  readonly train: Int32Array;
  /** For early stopping: a part of the rows outside the fold. */
  readonly validation: Int32Array;
  /** The fold itself, of which the fit sees nothing. */
  readonly held: Int32Array;
}

/** One fold of several. */
export interface FoldChoice {
  /** 0 .. folds - 1. */
  readonly fold: number;
  readonly folds: number;
  /** The same for all folds of one assignment. */
  readonly foldSeed: number;
}

/**
 * The rows of one fold, of those for early stopping and of those to fit on. The assignment of rows to folds depends on the labels,
 * `folds` and `foldSeed` alone, so the `held` of all folds are all rows, each once.
 * @throws InvalidConfigError for a fold that is not there; InvalidDataError when the fold or what is left of it has no row.
 */
export function splitFold(labels: Uint8Array, { fold, folds, foldSeed }: FoldChoice): FoldSplit {
  if (!Number.isInteger(folds) || folds < 2 || folds > 255) throw new InvalidConfigError(`folds is ${folds}: expected a whole number from 2 to 255.`);
  if (!Number.isInteger(fold) || fold < 0 || fold >= folds) throw new InvalidConfigError(`fold is ${fold}: expected a whole number from 0 to ${folds - 1}.`);
  if (!Number.isInteger(foldSeed)) throw new InvalidConfigError(`foldSeed is ${foldSeed}: expected a whole number, the same for all folds.`);
  const assigned = stratifiedFolds(labels, folds, foldSeed);
  const rows = Int32Array.from(labels.keys());
  const held = rows.filter((row) => assigned[row] === fold);
  const others = rows.filter((row) => assigned[row] !== fold);
  const parts = stratifiedFolds(Uint8Array.from(others, (row) => labels[row]), VALIDATION_PARTS, deriveSeed(foldSeed, fold));
  const train = others.filter((_, index) => parts[index] !== 0);
  if (held.length === 0 || train.length === 0) {
    throw new InvalidDataError(`${labels.length} rows in ${folds} folds leave ${held.length} to predict and ${train.length} to fit on: expected at least one of each.`);
  }
  return { train, validation: others.filter((_, index) => parts[index] === 0), held };
}
