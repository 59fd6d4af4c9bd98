import type { Matrix } from '../matrix.js';

/** What is asked of each image, one row an image: the weight of every class's score in the number that is explained. */
export type ScoreWeights = Matrix<Float32Array>;

/** Why this class? One class an image. */
export function classScores(answers: readonly number[], classes: number): ScoreWeights {
  const data = new Float32Array(answers.length * classes);
  answers.forEach((answer, row) => { data[row * classes + answer] = 1; });
  return { rows: answers.length, columns: classes, data };
}

/** Why this class and not that one? The difference of two scores, which is the logarithm of how many times as probable the first is. */
export function scoreDifferences(answers: readonly number[], rivals: readonly number[], classes: number): ScoreWeights {
  const weights = classScores(answers, classes);
  rivals.forEach((rival, row) => { weights.data[row * classes + rival] -= 1; });
  return weights;
}
