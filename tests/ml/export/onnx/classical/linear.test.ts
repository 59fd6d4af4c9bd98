import { model as bernoulliNb } from '../../../../../ml/models/bernoulli-nb.js';
import { model as gaussianNb } from '../../../../../ml/models/gaussian-nb.js';
import { model as lda } from '../../../../../ml/models/lda.js';
import { model as linearSvm } from '../../../../../ml/models/linear-svm.js';
import { model as logisticRegression } from '../../../../../ml/models/logistic-regression.js';
import { model as nearestCentroid } from '../../../../../ml/models/nearest-centroid.js';
import { model as qda } from '../../../../../ml/models/qda.js';
import { createRandom } from '../../../../../ml/random.js';
import type { LabelledMatrix } from '../../../../../ml/matrix.js';
import { coarseDigits } from '../../../../support/coarse-digits.js';
import { testOnnxContract } from './row-graph.contract.js';

/** Ten columns, and ten that differ from them in the fifth digit, as feature families do that measure the same: weights are large and cancel. */
function nearlyDependent(seed: number): LabelledMatrix {
  const random = createRandom(seed);
  const labels = Uint8Array.from({ length: 300 }, (_, row) => row % 10);
  const rows = Array.from(labels, (label) => Array.from({ length: 10 }, (_, j) => (j === label ? 2 : 0) + random.normal()));
  const data = Float32Array.from(rows.flatMap((row) => [...row, ...row.map((value) => value + 1e-5 * random.normal())]));
  return { x: { rows: 300, columns: 20, data }, labels };
}

testOnnxContract(logisticRegression);
testOnnxContract(linearSvm);
testOnnxContract(lda, { digits: coarseDigits });
testOnnxContract(lda, { named: 'on principal components', digits: coarseDigits, options: { projection: 'pca', components: 20 } });
testOnnxContract(lda, { named: 'on columns that nearly depend on one another', data: { train: nearlyDependent(1), validation: nearlyDependent(2) } });
testOnnxContract(nearestCentroid);
testOnnxContract(nearestCentroid, { named: 'on standardised columns', options: { standardise: true, shrinkage: 1 } });
testOnnxContract(gaussianNb);
testOnnxContract(gaussianNb, { named: 'on discriminants', digits: coarseDigits, options: { projection: 'lda' } });
testOnnxContract(bernoulliNb);
testOnnxContract(qda, { digits: coarseDigits, options: { components: 20 } });
testOnnxContract(qda, { digits: coarseDigits, named: 'on standardised components', options: { standardise: true, components: 10, pooling: 0.1 } });
