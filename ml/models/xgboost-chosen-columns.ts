import type { XgboostBooster } from '../../native/xgboost-booster.js';
import { InvalidModelError } from '../../shared/errors.js';

/** Which columns of a row the trees read. */
export interface ChosenColumns {
  /** Of the rows that the model takes. */
  readonly width: number;
  /** The row's column for each of the trees', best first. */
  readonly columns: readonly number[];
}

const ATTRIBUTE = 'chosen_columns';

/** Writes the choice into the model's attributes, so that a saved model stays a file that any XGBoost reads. */
export function writeChosenColumns(booster: XgboostBooster, { width, columns }: ChosenColumns): void {
  booster.setAttribute(ATTRIBUTE, [width, ...columns].join(','));
}

/** The choice that a model was saved with; throws as `chosenColumnsOf`. */
export function readChosenColumns(booster: XgboostBooster): ChosenColumns | undefined {
  return chosenColumnsOf(booster.attribute(ATTRIBUTE), booster.columns);
}

/**
 * The choice as it stands in a saved model's attribute `chosen_columns`; undefined when its trees read the row as it is.
 * @param count of the columns that the trees know.
 * @throws InvalidModelError when the attribute does not fit the trees.
 */
export function chosenColumnsOf(text: string | undefined, count: number): ChosenColumns | undefined {
  if (text === undefined) return undefined;
  const [width = 0, ...columns] = /^\d+(,\d+)*$/.test(text) ? text.split(',').map(Number) : [];
  if (columns.length !== count || columns.some((column) => column >= width)) {
    throw new InvalidModelError(
      `Not an XGBoost model of this pipeline: ${ATTRIBUTE} is '${text.slice(0, 60)}', expected the width and ${count} columns below it.`,
    );
  }
  return { width, columns };
}
