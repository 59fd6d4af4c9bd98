import type { ModelName } from '../../shared/model-names.js';
import { model as adaBoost } from './ada-boost.js';
import { model as bagging } from './bagging.js';
import { model as bernoulliNb } from './bernoulli-nb.js';
import { model as cbamCnn } from './cbam-cnn.js';
import { model as cnn } from './cnn.js';
import { model as decisionTree } from './decision-tree.js';
import { model as denseNetwork } from './dense-network.js';
import { model as extraTrees } from './extra-trees.js';
import { model as gaussianNb } from './gaussian-nb.js';
import { model as knn } from './knn.js';
import { model as lda } from './lda.js';
import { model as linearSvm } from './linear-svm.js';
import { model as logisticRegression } from './logistic-regression.js';
import { model as mobileNetV2 } from './mobilenet-v2.js';
import type { ModelKind } from './model.js';
import { model as nearestCentroid } from './nearest-centroid.js';
import { model as qda } from './qda.js';
import { model as randomForest } from './random-forest.js';
import { model as residualCnn } from './residual-cnn.js';
import { model as seCnn } from './se-cnn.js';
import { model as selfAttentionCnn } from './self-attention-cnn.js';
import { model as svm } from './svm.js';
import { model as tinyCnn } from './tiny-cnn.js';
import { model as visionTransformer } from './vision-transformer.js';
import { model as xgboost } from './xgboost.js';

/** Every kind of model, by its name. */
export const MODELS: Readonly<Record<ModelName, ModelKind<object>>> = {
  'logistic-regression': logisticRegression, 'linear-svm': linearSvm, svm, xgboost, cnn,
  'decision-tree': decisionTree, 'random-forest': randomForest, 'extra-trees': extraTrees, bagging, 'ada-boost': adaBoost,
  knn, 'gaussian-nb': gaussianNb, 'bernoulli-nb': bernoulliNb, lda, qda, 'nearest-centroid': nearestCentroid,
  'dense-network': denseNetwork, 'cbam-cnn': cbamCnn, 'se-cnn': seCnn, 'self-attention-cnn': selfAttentionCnn, 'vision-transformer': visionTransformer,
  'mobilenet-v2': mobileNetV2, 'residual-cnn': residualCnn, 'tiny-cnn': tinyCnn,
};
