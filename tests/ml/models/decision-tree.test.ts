import { model as decisionTree } from '../../../ml/models/decision-tree.js';
import { testClassifierContract } from './classifier.contract.js';

testClassifierContract(decisionTree, { accuracy: 0.8 });
