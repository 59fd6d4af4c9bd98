import { model } from '../../../../../ml/models/knn.js';
import { coarseDigits } from '../../../../support/coarse-digits.js';
import { testOnnxContract } from './row-graph.contract.js';

testOnnxContract(model);
testOnnxContract(model, { named: 'weighted by distance', options: { weights: 'distance', neighbours: 3 } });
testOnnxContract(model, { named: 'all alike on cosines of components', digits: coarseDigits, options: { weights: 'uniform', metric: 'cosine', projection: 'pca', components: 12 } });
testOnnxContract(model, { named: 'with an approximate index', options: { index: 'approximate', lists: 12, probes: 2, neighbours: 7 } });
testOnnxContract(model, { named: 'with lists smaller than its neighbours', options: { index: 'approximate', lists: 60, probes: 1, neighbours: 20 } });
