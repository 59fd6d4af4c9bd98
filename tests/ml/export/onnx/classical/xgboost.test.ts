import assert from 'node:assert/strict';
import { classicalOnnx } from '../../../../../ml/export/onnx/classical/classical-onnx.js';
import { arraysNamed } from '../../../../../ml/models/ubjson-arrays.js';
import { model } from '../../../../../ml/models/xgboost.js';
import { createRandom } from '../../../../../ml/random.js';
import { InvalidModelError } from '../../../../../shared/errors.js';
import { labelled, noRows, QUIET } from '../../../../support/fit-context.js';
import { runOnnx } from '../../../../support/run-onnx.js';
import { xgboostPath } from '../../../../support/xgboost-path.js';
import { testOnnxContract } from './row-graph.contract.js';

const native = { xgboost: xgboostPath() };
const quick = { rounds: 8, maxDepth: 4, maxBin: 16, learningRate: 0.5 };

testOnnxContract(model, { options: quick, native });
testOnnxContract(model, { named: 'on chosen columns', options: { ...quick, columns: 40 }, native });

describe('XGBoost as ONNX at its thresholds', () => {
  it('sends rows that equal a threshold the way that the library does', async () => {
    const random = createRandom(5);
    const rows = Array.from({ length: 400 }, () => Array.from({ length: 4 }, () => random.integer(12) / 7));
    const labels = rows.map(([a = 0, b = 0]) => Math.min(9, Math.floor((a + b) * 3)));
    const trained = await model.fit(labelled(rows, labels), noRows(4), { ...model.defaults, ...quick, minChildWeight: 0.1 }, { ...QUIET, native });
    const bytes = await trained.save();
    const thresholds = new Set(arraysNamed('split_conditions', bytes).flat());
    const x = { rows: 400, columns: 4, data: Float32Array.from(rows.flat()) };
    assert.ok(x.data.some((value) => thresholds.has(value)), 'no value equals a threshold');
    const { data } = await trained.predictProba(x);
    const { probabilities } = await runOnnx(classicalOnnx('xgboost', bytes), x.data, 4);
    trained.dispose();
    const furthest = probabilities.reduce((most, value, i) => Math.max(most, Math.abs(value - (data[i] ?? NaN))), 0);
    assert.ok(furthest < 1e-6, `${furthest}`);
  });

  it('is refused by name where it holds no trees', () => {
    assert.throws(() => classicalOnnx('xgboost', new TextEncoder().encode('{L name SL gblinear')), (error) => error instanceof InvalidModelError && /gbtree/.test(error.message));
  });
});
