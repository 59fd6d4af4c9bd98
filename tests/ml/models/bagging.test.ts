import { model as bagging } from '../../../ml/models/bagging.js';
import { testClassifierContract } from './classifier.contract.js';

testClassifierContract(bagging, { options: { trees: 30 } });
