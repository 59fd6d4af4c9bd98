import { model as randomForest } from '../../../ml/models/random-forest.js';
import { testClassifierContract } from './classifier.contract.js';

/** 300 digits that move about are few for trees: scikit-learn's are right about 78 to 92 % of the same hundred. */
const FEW_DIGITS = 0.75;

testClassifierContract(randomForest, { options: { trees: 30 }, accuracy: FEW_DIGITS });
