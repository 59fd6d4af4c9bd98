import { InvalidConfigError } from '../../shared/errors.js';
import { checkTrainingData } from './check-training-data.js';
import { fitLinearScores } from './fit-linear-scores.js';
import type { LinearOptions } from './fit-linear-scores.js';
import { linearClassifier, loadLinearClassifier } from './linear-classifier.js';
import type { ModelKind } from './model.js';
import { SOFTMAX_CROSS_ENTROPY } from './softmax-cross-entropy.js';
import { thinCurve } from './thin-curve.js';

/**
 * Multinomial logistic regression with an L2 penalty on its weights (not on its bias), fitted by L-BFGS on standardised columns;
 * the standardisation is folded into the weights afterwards. Constant columns get weight zero. It starts from zero and draws no
 * random number. Many numbers are multiplied by TensorFlow in float32, few by float64 loops. With `patience`, the iteration
 * with the best validation log-loss is kept: steps that the covariance preconditions meet the directions in which the columns vary
 * together first, so that stopping early shrinks the others, which suits correlated columns better than C alone. A class that is missing from training gets a low probability.
 */
export const model: ModelKind<LinearOptions> = {
  name: 'logistic-regression',
  defaults: { C: 1, tolerance: 1e-4, maxIterations: 100, patience: 0 },

  async fit(train, validation, options, context) {
    checkTrainingData(train, validation);
    if (!(options.C > 0)) throw new InvalidConfigError(`Logistic regression: C is ${options.C}, expected a number above 0.`);
    context.signal.throwIfAborted();
    const { scores, losses, validationLosses, best, converged } = await fitLinearScores(train, validation, SOFTMAX_CROSS_ENTROPY, options, context);
    context.progress({ fraction: 1, note: `${losses.length} iterations` });
    return linearClassifier('logistic regression', scores, {
      iterations: losses.length, bestIteration: best, converged,
      curves: {
        trainLogLoss: thinCurve(losses, POINTS),
        ...(validationLosses.length > 0 && { validationLogLoss: thinCurve(validationLosses, POINTS) }),
      },
    });
  },

  async load(bytes) {
    return loadLinearClassifier('logistic regression', bytes);
  },
};

const POINTS = 30; // of each curve: details stay small
