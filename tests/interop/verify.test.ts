import assert from 'node:assert/strict';
import { RUNTIMES } from '../../activities/verification/runtimes.js';
import { verifyModels } from '../../activities/verification/verify-model.js';
import type { Verification } from '../../activities/verification/verify-model.js';
import { exportMetadata } from '../../ml/export/export-metadata.js';
import { writeSafetensors } from '../../ml/export/safetensors/write-safetensors.js';
import { model as logisticRegression } from '../../ml/models/logistic-regression.js';
import { model as randomForest } from '../../ml/models/random-forest.js';
import { readLayersModel } from '../../ml/models/read-layers-model.js';
import { model as xgboost } from '../../ml/models/xgboost.js';
import type { ModelKind } from '../../ml/models/model.js';
import { someFacts } from '../ml/export/some-facts.js';
import { recordedNetwork } from '../activities/verification/recorded-network.js';
import { NETWORK_FORMATS } from '../../shared/export-formats.js';
import { mnistSubset } from '../support/digits.js';
import { QUIET } from '../support/fit-context.js';
import { recordedRun } from '../support/recorded-run.js';
import type { RecordedModel, RecordedRun } from '../support/recorded-run.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { xgboostPath } from '../support/xgboost-path.js';
import { pythonPackages } from './python-packages.js';

const ROWS = 700; // more than one batch of the runtimes

describe('The official runtimes on the files of a run', function () {
  this.timeout(240_000);
  const folder = temporaryFolder();
  const test = mnistSubset({ split: 'train', from: 2_000, to: 2_000 + ROWS });

  async function verified({ store, runId, models }: RecordedRun): Promise<Verification[]> {
    const found: Verification[] = [];
    for await (const one of verifyModels({ store, runId, stagingFolder: folder(), python: [pythonPackages()] }, models)) found.push(one);
    return found;
  }

  it('agree with a network in every format', async () => {
    const found = await verified(await recordedRun(test, [await recordedNetwork('net', test)]));
    assert.deepEqual(found.map(({ format }) => format), NETWORK_FORMATS);
    for (const { format, verdict, reason, agreement } of found) assert.equal(verdict, 'agrees', `${format}: ${reason} ${JSON.stringify(agreement)}`);
  });

  it('find weights that are not the model\'s', async () => {
    const network = await recordedNetwork('net', mnistSubset({ split: 'train', from: 0, to: 2 }));
    const weights = readLayersModel(network.bytes).weights;
    const other = weights.map(({ data, ...weight }, i) => ({ ...weight, data: i === 1 ? data.map((value) => value + 1e-7) : data }));
    const call = { files: { 'net.safetensors': writeSafetensors(other, exportMetadata(someFacts)) }, saved: network.bytes, folder: folder(), python: [pythonPackages()] };
    const rows = { values: new Float32Array(0), shape: [0], expected: { rows: 0, columns: 10, data: new Float32Array(0) }, labels: new Uint8Array(0) };
    const answers = await RUNTIMES['safetensors']({ ...call, rows });
    assert.deepEqual('differing' in answers && [answers.tensors, answers.differing], [weights.length, [weights[1]?.name]]);
  });

  const fitted = async <O extends object>(kind: ModelKind<O>, changed: Partial<O>): Promise<RecordedModel> => {
    const rows = mnistSubset({ split: 'train', from: 0, to: 1_500 });
    const judged = mnistSubset({ split: 'train', from: 1_500, to: 1_700 });
    const model = await kind.fit(rows, judged, { ...kind.defaults, ...changed }, { ...QUIET, native: { xgboost: xgboostPath() } });
    const recorded = { name: `my-${kind.name}`, kind: kind.name, bytes: await model.save(), testProba: await model.predictProba(test.x) };
    model.dispose();
    return recorded;
  };

  it('agree with classical models', async () => {
    const models = [await fitted(logisticRegression, {}), await fitted(randomForest, { trees: 10 }), await fitted(xgboost, { rounds: 12, columns: 200 })];
    const found = await verified(await recordedRun(test, models));
    for (const { model, format, verdict, reason, agreement } of found) assert.equal(verdict, 'agrees', `${model}, ${format}: ${reason} ${JSON.stringify(agreement)}`);
    assert.deepEqual(found.map(({ model, format }) => `${model} ${format}`), ['my-logistic-regression onnx', 'my-random-forest onnx', 'my-xgboost onnx', 'my-xgboost xgboost']);
  });
});
