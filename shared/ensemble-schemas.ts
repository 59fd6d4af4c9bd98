import type { EnsembleMethod } from './ensemble-methods.js';
import type { JsonObject } from './json.js';

const WHOLE: JsonObject = { type: 'integer', minimum: 1 };
const ABOVE: JsonObject = { type: 'number', exclusiveMinimum: 0 };

/** JSON Schemas of each ensemble's options; a test holds their names equal to the methods' defaults. */
export const ENSEMBLE_SCHEMAS: Readonly<Record<EnsembleMethod, JsonObject>> = {
  'soft-vote': options('The mean of the probabilities: nothing to set.', {}),
  'weighted-vote': options('A mean of the probabilities with learnt weights.', {
    tolerance: { ...ABOVE, description: 'Stops when the log-loss can fall by no more than this, in nats.' },
    maxIterations: { ...WHOLE, description: 'Iterations at most.' },
  }),
  'hard-vote': options('The majority of the answers: nothing to set.', {}),
  greedy: options('Greedy selection with replacement.', {
    metric: { enum: ['logLoss', 'accuracy'], description: 'What a selection is judged by.' },
    picks: { ...WHOLE, description: 'Selections of one bag at most.' },
    start: { ...WHOLE, description: 'At most so many of the best models begin a selection.' },
    bags: { ...WHOLE, description: 'Selections, each from a random part of the models.' },
    bagFraction: { ...ABOVE, maximum: 1, description: 'Part of the models in a bag.' },
    leastInBag: { ...WHOLE, description: 'Models in a bag at least.' },
  }),
  'log-pool': options('A weighted mean of the log-probabilities.', { C: { ...ABOVE, description: 'Inverse L2 strength: how freely the weights leave equal votes.' } }),
  'stack-logistic': options('Logistic regression on the log-probabilities.', {
    Cs: { type: 'array', items: ABOVE, minItems: 1, description: 'Inverse L2 strengths to choose from, in inner folds.' },
    folds: { type: 'integer', minimum: 2, maximum: 255, description: 'Inner folds.' },
    poolC: { ...ABOVE, description: 'Inverse L2 strength of the pool that the weights are drawn to.' },
  }),
  'stack-xgboost': options('Shallow boosted trees on the log-probabilities.', {
    rounds: { ...WHOLE, description: 'Boosting rounds at most.' },
    maxDepth: { ...WHOLE, maximum: 30, description: 'Depth of a tree.' },
    learningRate: { ...ABOVE, maximum: 1, description: 'Shrinkage of each round.' },
    minChildWeight: { type: 'number', minimum: 0, description: 'Least sum of second derivatives in a leaf.' },
    earlyStoppingRounds: { type: 'integer', minimum: 0, description: 'Stop after so many rounds without a better log-loss; 0 never stops.' },
    threads: { ...WHOLE, description: 'Threads; the result depends on it.' },
  }),
};

function options(description: string, properties: Readonly<Record<string, JsonObject>>): JsonObject {
  return { type: 'object', description, properties, additionalProperties: false };
}
