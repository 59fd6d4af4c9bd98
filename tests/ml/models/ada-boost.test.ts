import { model as adaBoost } from '../../../ml/models/ada-boost.js';
import { testClassifierContract } from './classifier.contract.js';

/** 300 digits that move about are few for trees: scikit-learn's are right about 78 to 92 % of the same hundred. */
const FEW_DIGITS = 0.75;

testClassifierContract(adaBoost, { options: { trees: 20 }, accuracy: FEW_DIGITS });
