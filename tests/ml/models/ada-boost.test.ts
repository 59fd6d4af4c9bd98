import { model as adaBoost } from '../../../ml/models/ada-boost.js';
import { testClassifierContract } from './classifier.contract.js';

testClassifierContract(adaBoost, { options: { trees: 20 } });
