import { XgboostBooster } from '../../../native/xgboost-booster.js';
import { loadXgboost } from '../../../native/xgboost-library.js';
import { InvalidConfigError } from '../../../shared/errors.js';
import type { NativePaths } from '../../../shared/step.js';
import { readChosenColumns, writeChosenColumns } from '../../models/xgboost-chosen-columns.js';

/**
 * Boosted trees of fewer rounds: the first ones, which every later one corrects.
 * @param bytes of a model of kind xgboost.
 * @param part of the rounds that stays, at least one.
 * @throws InvalidConfigError unless 0 < part <= 1; NativeLibraryError when the bytes are no such model or libxgboost is not there.
 */
export function fewerRounds(bytes: Uint8Array, part: number, native: NativePaths): Uint8Array {
  if (!(part > 0 && part <= 1)) throw new InvalidConfigError(`Fewer rounds: part is ${part}, expected a number above 0, at most 1.`);
  const whole = XgboostBooster.create(loadXgboost(native.xgboost), { nthread: 1 });
  try {
    whole.load(bytes);
    const first = whole.firstRounds(Math.ceil(part * whole.rounds));
    try {
      const chosen = readChosenColumns(whole);
      if (chosen) writeChosenColumns(first, chosen); // a slice has no attributes
      return first.save();
    } finally {
      first.dispose();
    }
  } finally {
    whole.dispose();
  }
}
