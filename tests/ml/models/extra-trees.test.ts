import { model as extraTrees } from '../../../ml/models/extra-trees.js';
import { testClassifierContract } from './classifier.contract.js';

testClassifierContract(extraTrees, { options: { trees: 30 } });
