import type { JsonObject } from './json.js';
import type { ModelName } from './model-names.js';
import { RECIPE_SCHEMA } from './recipe-schema.js';
import { above, atLeast, fraction, whole } from './schema-words.js';

/** The options of a projection (`ProjectionOptions` in ml), for the kinds that own one. */
export const PROJECTION_SCHEMA: Readonly<Record<'standardise' | 'projection' | 'components', JsonObject>> = {
  standardise: { type: 'boolean', description: 'Columns are brought to mean 0 and deviation 1 first.' },
  projection: { enum: ['none', 'pca', 'lda'], description: 'Principal components, linear discriminants, or the columns as they are.' },
  components: whole(0, 'How many; for lda, 0 takes all there are.'),
};

/** What all kinds of trees have in common. */
const TREES: Readonly<Record<string, JsonObject>> = {
  criterion: { enum: ['gini', 'entropy'], description: 'The impurity that splits lower.' },
  maxDepth: whole(0, 'Depth of a tree; 0 sets no bound.'),
  bins: { ...whole(2, 'Bins a column.'), maximum: 255 },
};

const TREE_INPUT: Readonly<Record<string, JsonObject>> = {
  ...PROJECTION_SCHEMA,
  keepColumns: { type: 'boolean', description: 'Projected columns stand beside the ones that come in, instead of in their place.' },
};

/** What the CNNs with attention share. */
const ATTENTION_TRUNK: Readonly<Record<string, JsonObject>> = {
  filters: blocks('Output channels of the 3 x 3 convolutions, by block; each block ends in a 2 x 2 max-pool.'),
  hidden: whole(1, 'Width of the hidden dense layer.'),
  dropout: fraction('Dropout before the last layer.'),
  attention: { type: 'boolean', description: 'Without it the network is its twin: the same layers, the attention left out.' },
};

/** JSON Schemas of each model kind's hyper-parameters; a test holds their names equal to the kinds' defaults. */
export const PARAMS_SCHEMAS: Readonly<Record<ModelName, JsonObject>> = {
  'logistic-regression': params('Multinomial logistic regression.', {
    C: above(0, 'Inverse L2 strength.'),
    tolerance: above(0, 'Stop when no component of the gradient is larger.'),
    maxIterations: whole(1, 'L-BFGS iterations.'),
    patience: whole(0, 'Stop after so many iterations without a better validation log-loss, and keep the best; 0 never looks.'),
  }),
  'linear-svm': params('Linear support vector machines, one class versus the rest.', {
    C: above(0, 'Inverse L2 strength.'),
    tolerance: above(0, 'Stop when no component of the gradient is larger.'),
    maxIterations: whole(1, 'L-BFGS iterations.'),
    patience: whole(0, 'Stop after so many iterations without a better validation loss, and keep the best; 0 never looks.'),
  }),
  svm: params('Support vector machine with a kernel, one-versus-one.', {
    kernel: { enum: ['linear', 'polynomial', 'rbf'], description: "x'y, (gamma x'y + coef0)^degree, exp(-gamma |x - y|^2)." },
    roots: { type: 'boolean', description: "Each number's square root, with its sign, is taken before the projection." },
    C: above(0, 'Largest multiplier of a row.'),
    gamma: {
      description: 'A number above 0, or scale: 1 / (columns x variance) after the projection.',
      if: { type: 'string' }, then: { enum: ['scale'] }, else: above(0, 'Of the kernel.'),
    },
    degree: { ...whole(1, 'Of the polynomial kernel.'), maximum: 20 },
    coef0: { type: 'number', description: 'Of the polynomial kernel.' },
    tolerance: above(0, "How far from optimal a pair's solution may be."),
    threads: whole(1, 'Threads; the result does not depend on it.'),
    ...PROJECTION_SCHEMA,
  }),
  'decision-tree': params('Decision tree.', {
    ...TREES, ...TREE_INPUT,
    minLeafRows: whole(1, 'Least rows on either side of a split.'),
    minImpurityDecrease: atLeast(0, 'Least fall of the impurity, times the part of the rows that reach the node.'),
  }),
  'random-forest': params('Random forest.', {
    ...TREES,
    trees: whole(1, 'Trees.'),
    columnsPerSplit: atLeast(0, 'Columns looked at for each split: 0 is the square root of all, below 1 a part, else a number.'),
    sampleFraction: atLeast(0, 'Rows drawn with replacement for each tree, as a part of all; 0 takes every row once.'),
    minLeafRows: whole(1, 'Least rows on either side of a split.'),
    threads: whole(1, 'Threads; the result does not depend on it.'),
  }),
  'extra-trees': params('Extremely randomised trees.', {
    ...TREES,
    trees: whole(1, 'Trees.'),
    columnsPerSplit: atLeast(0, 'Columns looked at for each split: 0 is the square root of all, below 1 a part, else a number.'),
    sampleFraction: atLeast(0, 'Rows drawn with replacement for each tree, as a part of all; 0 takes every row once.'),
    minLeafRows: whole(1, 'Least rows on either side of a split.'),
    threads: whole(1, 'Threads; the result does not depend on it.'),
  }),
  bagging: params('Bagged trees.', {
    ...TREES, ...TREE_INPUT,
    trees: whole(1, 'Trees.'),
    columnsPerTree: atLeast(0, 'Columns that each tree may use: 0 is the square root of all, below 1 a part, else a number.'),
    sampleFraction: above(0, 'Rows drawn with replacement for each tree, as a part of all.'),
    minLeafRows: whole(1, 'Least rows on either side of a split.'),
    threads: whole(1, 'Threads; the result does not depend on it.'),
  }),
  'ada-boost': params('Boosted trees (SAMME).', {
    ...TREES, ...TREE_INPUT,
    trees: whole(1, 'Trees.'),
    learningRate: above(0, "Factor on each tree's vote and on how much rows that it misses gain weight."),
    columnsPerSplit: atLeast(0, 'Columns looked at for each split: 0 is the square root of all, below 1 a part, else a number.'),
  }),
  xgboost: params('Gradient-boosted trees.', {
    rounds: whole(1, 'Boosting rounds, of ten trees each.'),
    maxDepth: { ...whole(1, 'Depth of a tree.'), maximum: 30 },
    learningRate: { ...above(0, 'Shrinkage of each round.'), maximum: 1 },
    subsample: { ...above(0, 'Fraction of the rows that each tree sees.'), maximum: 1 },
    colsample: { ...above(0, 'Fraction of the columns that each tree sees.'), maximum: 1 },
    lambda: atLeast(0, 'L2 on leaf weights.'),
    minChildWeight: atLeast(0, 'Least sum of second derivatives in a leaf.'),
    maxBin: { ...whole(2, 'Histogram bins a column.'), maximum: 65_535 },
    earlyStoppingRounds: whole(0, 'Stop after so many rounds without a better validation log-loss; 0 never stops.'),
    columns: whole(0, 'How many columns the trees may use, the best by a short boosted run; 0 takes all.'),
    threads: whole(1, 'Threads; the result depends on it.'),
    segmentRounds: whole(1, 'Rounds between two checkpoints.'),
  }),
  cnn: network('Convolutional network.', {
    filters: blocks('Output channels of the 3 x 3 convolutions, by block; each block ends in a 2 x 2 max-pool.'),
    hidden: whole(1, 'Width of the hidden dense layer.'),
    dropout: fraction('Dropout before the last layer.'),
  }),
  'dense-network': network('Dense network.', {
    hidden: counts('Units of the hidden layers, in order.'),
    dropout: fraction('After every hidden layer.'),
  }),
  'se-cnn': network('Convolutional network with squeeze-excite blocks.', { ...ATTENTION_TRUNK, ratio: whole(1, 'Channels to hidden units of the attention.') }),
  'cbam-cnn': network('Convolutional network with CBAM blocks.', {
    ...ATTENTION_TRUNK,
    ratio: whole(1, 'Channels to hidden units of the channel attention.'),
    kernelSize: whole(1, "Side of the spatial attention's kernel, odd."),
  }),
  'self-attention-cnn': network('Convolutional network with self-attention.', {
    ...ATTENTION_TRUNK, heads: whole(1, 'Heads of the attention.'), keyDim: whole(1, "Width of a head's queries, keys and values."),
  }),
  'vision-transformer': network('Vision Transformer.', {
    patch: whole(1, "Side of a token in pixels; must divide the images' side."),
    stem: { enum: ['patch', 'conv'], description: 'One linear map a patch, or 3 x 3 convolutions with stride 2.' },
    width: whole(1, 'Width of a token.'),
    depth: whole(1, 'Blocks of attention and perceptron.'),
    heads: whole(1, 'Heads of the attention; must divide the width.'),
    hidden: whole(1, "Hidden units of a block's perceptron."),
    pooling: { enum: ['mean', 'sequence'], description: 'Mean of the tokens, or learnt shares of them.' },
    dropout: fraction("In each block's perceptron and before the last layer."),
  }),
  'mobilenet-v2': network('MobileNetV2.', {
    alpha: above(0, 'Width multiplier.'),
    blocks: { ...whole(1, 'Inverted residual blocks.'), maximum: 17 },
    last: whole(1, 'Channels of the last 1 x 1 convolution.'),
    strides: { type: 'array', items: { enum: [1, 2] }, minItems: 5, maxItems: 5, description: 'Strides of the first convolution and of the blocks 1, 3, 6 and 13.' },
    dropout: fraction('Before the last layer.'),
  }),
  'residual-cnn': network('Residual convolutional network.', {
    stem: { ...counts('Channels of the two convolutions before the first block.'), minItems: 2, maxItems: 2 },
    widths: counts('Channels by stage; every stage but the first begins with stride 2.'),
    blocks: counts('Residual blocks by stage.'),
    dropout: fraction('Before the last layer.'),
  }),
  'tiny-cnn': network('Networks of a few thousand parameters.', {
    stages: {
      type: 'array', minItems: 1, description: 'Steps in order: 3 x 3 convolution, 1 x 1, both by channel, or a 2 x 2 max-pool.',
      items: {
        type: 'object', required: ['kind'], additionalProperties: false,
        properties: { kind: { enum: ['conv', 'point', 'separable', 'pool'], description: 'What the step is.' }, filters: whole(1, 'Output channels.') },
      },
    },
    padding: { enum: ['same', 'valid'], description: 'Whether 3 x 3 convolutions keep the sides of the maps.' },
    activation: { enum: ['leaky-relu', 'swish'], description: 'What follows each normalisation.' },
    slope: fraction('Of the leaky relu below zero.'),
    dropout: fraction('Before the last layer.'),
  }),
  knn: params('k-nearest neighbours.', {
    ...PROJECTION_SCHEMA,
    neighbours: whole(1, 'How many neighbours answer.'),
    weights: { enum: ['uniform', 'distance', 'fitted'], description: 'Alike, by the inverse of the distance, or by a kernel that fits the validation rows.' },
    metric: { enum: ['euclidean', 'cosine'], description: 'cosine brings rows to length 1 first.' },
    index: { enum: ['exact', 'approximate'], description: 'Look at all rows, or at those of the nearest lists.' },
    lists: { ...whole(0, 'Lists of the approximate index; 0 makes about the square root of the rows.'), maximum: 65_536 },
    probes: { ...whole(1, 'Lists that it looks at.'), maximum: 65_536 },
  }),
  'gaussian-nb': scoring('Gaussian naive Bayes.', { varSmoothing: atLeast(0, 'Part of the largest variance of a column that is added to all variances.') }),
  'bernoulli-nb': scoring('Bernoulli naive Bayes.', {
    threshold: { type: 'number', description: 'Values above it count as 1; pixels are in 0..1.' },
    alpha: above(0, 'Rows of either value that are added to each class.'),
  }),
  lda: scoring('Linear discriminant analysis.', { shrinkage: part('How far the covariance is drawn to a multiple of the identity.') }),
  qda: scoring('Quadratic discriminant analysis.', {
    pooling: part("How far each class's covariance is drawn to the one that all classes share."),
    shrinkage: part('How far, after that, to a multiple of the identity.'),
  }),
  'nearest-centroid': scoring('Nearest (shrunken) centroid.', { shrinkage: atLeast(0, 'Standard errors by which centroids are drawn to the mean of all rows.') }),
};

/** A kind that projects rows and turns a score for each class into probabilities. */
function scoring(description: string, properties: Readonly<Record<string, JsonObject>>): JsonObject {
  return params(description, {
    ...PROJECTION_SCHEMA,
    temperature: atLeast(0, 'What scores are divided by before the softmax; 0 takes what fits the validation rows best.'),
    ...properties,
  });
}

/** A network: its architecture, and the recipe that all networks share (`Recipe` in ml). */
function network(description: string, architecture: Readonly<Record<string, JsonObject>>): JsonObject {
  return params(description, { ...RECIPE_SCHEMA, ...architecture });
}

function part(description: string): JsonObject {
  return { type: 'number', minimum: 0, maximum: 1, description };
}

function params(description: string, properties: Readonly<Record<string, JsonObject>>): JsonObject {
  return { type: 'object', description, properties, additionalProperties: false };
}

function counts(description: string): JsonObject {
  return { type: 'array', items: whole(1, 'One of them.'), minItems: 1, description };
}

function blocks(description: string): JsonObject {
  return { type: 'array', items: { type: 'array', items: whole(1, 'Output channels.'), minItems: 1 }, minItems: 1, description };
}
