import { model as randomForest } from '../../../ml/models/random-forest.js';
import { testClassifierContract } from './classifier.contract.js';

testClassifierContract(randomForest, { options: { trees: 30 } });
