import { strict as assert } from 'node:assert';
import { answeringModel } from '../../cli/answering-model.js';
import { NotFoundError } from '../../shared/errors.js';
import type { ModelResult, RunResult } from '../../shared/run.js';
import { ref } from '../support/fake-steps.js';

const figures = { testAccuracy: 0.99, logLoss: 0.02, ece: 0.003, bytes: 1, parameters: 1, trainingSeconds: 1, cached: false };
const xgboost: ModelResult = { ...figures, name: 'trees', kind: 'xgboost', input: ['hog'], artifacts: { model: ref('trees') } };
const cnn: ModelResult = { ...figures, name: 'net', kind: 'cnn', input: 'pixels', artifacts: { model: ref('net') } };
const ensemble: ModelResult = { ...figures, name: 'ensemble', kind: 'greedy', bases: ['trees', 'net'], artifacts: { model: ref('meta') } };
const int8: ModelResult = { ...figures, name: 'net-int8', kind: 'tflite', artifacts: { tflite: ref('tflite') } };

describe('answeringModel', () => {
  const run = (...models: ModelResult[]): RunResult => ({
    runId: 'run-1', preset: 'smoke', datasetDigest: '', seconds: 1, computedSeconds: 1, cached: false, stages: [], models,
  });

  it('takes the ensemble first, then the CNN, then whatever is first', () => {
    assert.equal(answeringModel(run(xgboost, cnn, ensemble, int8)).name, 'ensemble');
    assert.equal(answeringModel(run(xgboost, cnn, int8)).name, 'net');
    assert.equal(answeringModel(run(xgboost, int8)).name, 'trees');
  });

  it('gives a stack its bases in the order of its columns, whatever the order of the table', () => {
    const { predicting } = answeringModel(run(cnn, xgboost, ensemble), 'ensemble');
    assert.ok(predicting.as === 'stack');
    assert.deepEqual(predicting.meta, ref('meta'));
    assert.deepEqual(predicting.bases.map(({ name, artifacts, config }) => [name, artifacts['model']?.digest, config?.kind, config?.input]), [
      ['trees', ref('trees').digest, 'xgboost', ['hog']], ['net', ref('net').digest, 'cnn', 'pixels'],
    ]);
  });

  it('finds every ensemble by its name, and the best one by its method too', () => {
    const other: ModelResult = { ...ensemble, name: 'log-pool-oof', kind: 'log-pool-oof', artifacts: { model: ref('pool') } };
    const table = run(other, xgboost, cnn, ensemble);
    assert.equal(answeringModel(table).name, 'ensemble');
    for (const [wanted, meta] of [['ensemble', 'meta'], ['greedy', 'meta'], ['log-pool-oof', 'pool']] as const) {
      const { predicting } = answeringModel(table, wanted);
      assert.ok(predicting.as === 'stack');
      assert.deepEqual(predicting.meta, ref(meta));
    }
    assert.throws(() => answeringModel(table, 'log-pool'), /no model "log-pool" that can answer; it has log-pool-oof, trees, net, ensemble/);
  });

  it('takes the file of an int8 variant', () => {
    assert.deepEqual(answeringModel(run(cnn, int8), 'net-int8').predicting, { as: 'tflite', tflite: ref('tflite') });
  });

  it('takes the ONNX file of a network that was compressed by training, whatever else there is of it', () => {
    const small: ModelResult = { ...figures, name: 'small', kind: 'onnx', of: 'net', artifacts: { model: ref('layers'), tflite: ref('tflite'), onnx: ref('onnx') } };
    assert.deepEqual(answeringModel(run(cnn, small), 'small').predicting, { as: 'onnx', onnx: ref('onnx') });
  });

  it('gives the calibration of what answers, where its run made one', () => {
    const calibrated = { ...int8, artifacts: { ...int8.artifacts, calibration: ref('calibration') } };
    assert.deepEqual(answeringModel(run(cnn, calibrated), 'net-int8').calibration, ref('calibration'));
    assert.equal(answeringModel(run(cnn, calibrated), 'net').calibration, undefined);
  });

  it('passes over a stack whose bases are not all there, and names those that can answer', () => {
    assert.equal(answeringModel(run(cnn, ensemble)).name, 'net');
    assert.throws(() => answeringModel(run(cnn, ensemble), 'ensemble'), (error) => error instanceof NotFoundError && /no model "ensemble".*has net/.test(error.message));
    assert.throws(() => answeringModel(run(cnn, int8), 'net-int9'), /did you mean net-int8\?/);
    assert.throws(() => answeringModel(run()), /has no model that can answer; it has none\./);
  });
});
