import type { LinearLoss } from './linear-loss.js';
import { CLASSES } from './model.js';

/** Cross-entropy of the softmax of the scores: multinomial logistic regression. Its bound is that of p (1 - p) in the Hessian (Boehning 1992). */
export const SOFTMAX_CROSS_ENTROPY: LinearLoss = {
  bound: 0.5,

  residual(scores, at, label) {
    let max = scores[at];
    for (let k = 1; k < CLASSES; k++) if (scores[at + k] > max) max = scores[at + k];
    const own = scores[at + label] - max;
    let sum = 0;
    for (let k = 0; k < CLASSES; k++) sum += scores[at + k] = Math.exp(scores[at + k] - max);
    for (let k = 0; k < CLASSES; k++) scores[at + k] /= sum;
    scores[at + label] -= 1;
    return Math.log(sum) - own;
  },

  tensors: (_tf, ops, scores, targets) => ops.softmaxCrossEntropy(scores, targets),
};
