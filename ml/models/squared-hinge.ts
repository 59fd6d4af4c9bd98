import type { LinearLoss } from './linear-loss.js';
import { CLASSES } from './model.js';

/** The sum over the classes of max(0, 1 - sign x score)^2, the sign being +1 for the row's own class: ten one-versus-rest support vector machines. */
export const SQUARED_HINGE: LinearLoss = {
  bound: 2,

  residual(scores, at, label) {
    let loss = 0;
    for (let k = 0; k < CLASSES; k++) {
      const sign = k === label ? 1 : -1;
      const slack = Math.max(0, 1 - sign * scores[at + k]);
      loss += slack * slack;
      scores[at + k] = -2 * sign * slack;
    }
    return loss;
  },

  tensors(tf, _ops, scores, targets) {
    const signs = targets.mul(2).sub(1);
    const slack = tf.relu(tf.scalar(1).sub(signs.mul(scores)));
    return [slack.square().sum(1), slack.mul(signs).mul(-2)];
  },
};
