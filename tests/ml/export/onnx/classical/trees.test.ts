import assert from 'node:assert/strict';
import { classicalOnnx } from '../../../../../ml/export/onnx/classical/classical-onnx.js';
import { model as adaBoost } from '../../../../../ml/models/ada-boost.js';
import { model as bagging } from '../../../../../ml/models/bagging.js';
import { model as decisionTree } from '../../../../../ml/models/decision-tree.js';
import { model as extraTrees } from '../../../../../ml/models/extra-trees.js';
import { model as randomForest } from '../../../../../ml/models/random-forest.js';
import { createRandom } from '../../../../../ml/random.js';
import { unpackForest } from '../../../../../ml/trees/forest.js';
import { decodeForest } from '../../../../../ml/trees/forest-bytes.js';
import { labelled, noRows, QUIET } from '../../../../support/fit-context.js';
import { runOnnx } from '../../../../support/run-onnx.js';
import { testOnnxContract } from './row-graph.contract.js';

const few = { trees: 12, threads: 1 };

testOnnxContract(decisionTree);
testOnnxContract(decisionTree, { named: 'on discriminants beside its columns', options: { projection: 'lda', keepColumns: true } });
testOnnxContract(randomForest, { options: few });
testOnnxContract(extraTrees, { options: few });
testOnnxContract(bagging, { options: { ...few, projection: 'pca', components: 10, columnsPerTree: 5 } });
testOnnxContract(adaBoost, { options: { trees: 12, maxDepth: 3 } });

describe('trees as ONNX at their thresholds', () => {
  /** Neighbouring float32 numbers: cuts between them are the lower ones themselves. */
  const steps = Array.from({ length: 64 }, (_, i) => new Float32Array(Int32Array.of(0x3f000000 + i).buffer)[0] ?? 0);

  it('send rows that equal a threshold, and its neighbours, the way that the trained trees do', async () => {
    const random = createRandom(5);
    const rows = Array.from({ length: 400 }, () => Array.from({ length: 4 }, () => steps[random.integer(64)] ?? 0));
    const labels = rows.map(([a = 0, b = 0]) => Math.floor((steps.indexOf(a) + steps.indexOf(b)) / 13));
    const forest = await randomForest.fit(labelled(rows, labels), noRows(4), { ...randomForest.defaults, ...few }, QUIET);
    const bytes = await forest.save();
    const { thresholds } = unpackForest(decodeForest(bytes, 'random forest').packed);
    assert.ok(rows.flat().some((value) => thresholds.includes(value)), 'no value equals a threshold');
    const x = { rows: 400, columns: 4, data: Float32Array.from(rows.flat()) };
    const { data } = await forest.predictProba(x);
    assert.deepEqual((await runOnnx(classicalOnnx('random-forest', bytes), x.data, 4)).probabilities, data);
  });
});
