import type { ConformalScoreName } from '../../shared/calibration.js';

/** How strange it would be if a row's class were each of the classes. One file each. */
export interface ConformalScore {
  readonly name: ConformalScoreName;
  /** Every class has a threshold of its own, so that coverage holds class by class. */
  readonly byClass: boolean;
  /**
   * Writes the score of every class; a set holds the classes whose score is at most the threshold.
   * @param row class probabilities.
   * @param draw a number from [0, 1), drawn at random for each row; it makes coverage exact where scores are sums.
   */
  write(row: Float32Array, draw: number, out: Float64Array): void;
}
