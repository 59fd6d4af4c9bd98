import type { ConformalScore } from './conformal-score.js';

function write(row: Float32Array, _draw: number, out: Float64Array): void {
  for (let k = 0; k < row.length; k++) out[k] = 1 - row[k];
}

/**
 * Least ambiguous sets (LAC; Sadinle, Lei and Wasserman, "Least Ambiguous Set-Valued Classifiers with Bounded Error Levels", 2019): all
 * classes whose probability reaches the threshold. The smallest sets there are on average; where alpha exceeds the error rate some are empty.
 */
export const lac: ConformalScore = { name: 'lac', byClass: false, write };

/** LAC with a threshold for each class (Mondrian; Vovk 2012): coverage holds for every digit, not only on average. */
export const lacByClass: ConformalScore = { name: 'lac-by-class', byClass: true, write };
