import assert from 'node:assert/strict';
import exportClassical from '../../../activities/tasks/export-classical.process.js';
import exportEnsemble from '../../../activities/tasks/export-ensemble.process.js';
import { encodeNpy } from '../../../ml/data/npy.js';
import { ENSEMBLES } from '../../../ml/ensembles/registry.js';
import { PIXELS_TO_UNIT } from '../../../ml/export/export-metadata.js';
import type { Matrix } from '../../../ml/matrix.js';
import { model as centroid } from '../../../ml/models/nearest-centroid.js';
import { model as forest } from '../../../ml/models/random-forest.js';
import { InvalidModelError } from '../../../shared/errors.js';
import type { ExportRecord } from '../../../shared/exports.js';
import type { StepOutput } from '../../../shared/step.js';
import { toyDigits } from '../../support/digits.js';
import { QUIET } from '../../support/fit-context.js';
import { runStep } from '../../support/run-step.js';

const ROWS = 300;
const facts = { name: 'it', labels: ['0', '1'], input: 'rows', normalisation: PIXELS_TO_UNIT, trainingDigest: 'abc', licence: 'not stated', version: '0.1.0' };

describe('the steps export-classical and export-ensemble', function () {
  this.timeout(60_000);
  const [train, test] = [toyDigits({ rows: 200, seed: 1 }), toyDigits({ rows: ROWS, seed: 2 })];
  const images = [encodeNpy(test.x.data.slice(0, 100 * 784), [100, 28, 28]), encodeNpy(test.x.data.slice(100 * 784), [200, 28, 28])];
  const models: Record<string, Uint8Array> = {};
  const proba: Record<string, Matrix<Float32Array>> = {};
  let meta: Uint8Array;

  before(async () => {
    const fitted = {
      forest: await forest.fit(train, test, { ...forest.defaults, trees: 5, threads: 1 }, QUIET),
      centroid: await centroid.fit(train, test, centroid.defaults, QUIET),
    };
    for (const [name, model] of Object.entries(fitted)) [models[name], proba[name]] = [await model.save(), await model.predictProba(test.x)];
    const given = [proba['forest'], proba['centroid']] as Matrix<Float32Array>[];
    const pool = await ENSEMBLES['log-pool'].fit({ names: ['forest', 'centroid'], probabilities: given }, test.labels, ENSEMBLES['log-pool'].defaults, QUIET);
    [meta, proba['pool']] = [await pool.save(), await pool.predictProba(given)];
  });

  const saved = (name: string): Uint8Array => models[name] ?? assert.fail(name);
  const stored = (name: string): Uint8Array => encodeNpy(proba[name]?.data ?? new Float32Array(), [ROWS, 10]);
  const recordOf = ({ outputs }: StepOutput): ExportRecord => JSON.parse(new TextDecoder().decode(outputs['export']?.bytes)) as ExportRecord;
  const writtenOf = (output: StepOutput): Extract<ExportRecord, { file: string }> => {
    const record = recordOf(output);
    assert.ok('file' in record, JSON.stringify(record));
    return record;
  };

  it('write a classical model that answers the rows it reads as it does', async () => {
    for (const [name, kind] of [['forest', 'random-forest'], ['centroid', 'nearest-centroid']] as const) {
      const record = writtenOf(await runStep(exportClassical, { kind, format: 'onnx', input: 'pixels', facts }, { model: [saved(name)], images, testProba: [stored(name)] }));
      assert.deepEqual([record.file, record.verified?.rows, record.verified?.exceptions, record.verified?.agrees], ['it.onnx', ROWS, 0, true]);
    }
  });

  it('fail where the answers are another model\'s', async () => {
    const run = runStep(exportClassical, { kind: 'nearest-centroid', format: 'onnx', input: 'pixels', facts }, { model: [saved('centroid')], images, testProba: [stored('forest')] });
    await assert.rejects(run, (error) => error instanceof InvalidModelError && /The export of it as onnx disagrees with its model: .* of 300 test images/.test(error.message));
  });

  it('fail where a forest answers otherwise on one row in a thousand that is no tie', async () => {
    const many = toyDigits({ rows: 1_000, seed: 3 });
    const forestOf = await forest.load(saved('forest'), {});
    const { data } = await forestOf.predictProba(many.x);
    const inputs = (wrong: Float32Array): Record<string, Uint8Array[]> => ({ model: [saved('forest')], images: [encodeNpy(many.x.data, [1_000, 28, 28])], testProba: [encodeNpy(wrong, [1_000, 10])] });
    const params = { kind: 'random-forest', format: 'onnx', input: 'pixels', facts } as const;
    assert.equal(writtenOf(await runStep(exportClassical, params, inputs(data))).verified?.exceptions, 0);
    const off = data.map((value, i) => (Math.floor(i / 10) === 417 ? 0.1 : value));
    await assert.rejects(runStep(exportClassical, params, inputs(off)), (error) => error instanceof InvalidModelError && /test images that are no ties \(417\)/.test(error.message));
  });

  it('join an ensemble with its models where they read the same', async () => {
    const bases = [{ name: 'forest', kind: 'random-forest' }, { name: 'centroid', kind: 'nearest-centroid' }] as const;
    const inputs = { meta: [meta], 'model:forest': [saved('forest')], 'model:centroid': [saved('centroid')], images, testProba: [stored('pool')] };
    const record = writtenOf(await runStep(exportEnsemble, { models: bases, input: 'pixels', facts, note: 'Holds both.' }, inputs));
    assert.deepEqual([record.verified?.agrees, record.verified?.rows, record.note], [true, ROWS, 'Holds both.']);
    assert.ok(record.bytes > saved('centroid').length);
  });

  it('write an ensemble of the probabilities of its models where they do not', async () => {
    const inputs = { meta: [meta], 'proba:forest': [stored('forest')], 'proba:centroid': [stored('centroid')], testProba: [stored('pool')] };
    const models = [{ name: 'forest', kind: 'random-forest' }, { name: 'centroid', kind: 'cnn' }] as const;
    const record = writtenOf(await runStep(exportEnsemble, { models, facts, note: '' }, inputs));
    assert.deepEqual([record.verified?.agrees, record.verified?.exceptions], [true, 0]);
    assert.ok(record.bytes < 10_000, `${record.bytes} bytes`);
    const swapped = { ...inputs, 'proba:forest': inputs['proba:centroid'], 'proba:centroid': inputs['proba:forest'] };
    await assert.rejects(runStep(exportEnsemble, { models, facts, note: '' }, swapped), /disagrees with its model/);
  });

  it('take bytes that are no model for an error, not for a refusal', async () => {
    const cut = saved('forest').subarray(0, 100);
    await assert.rejects(runStep(exportClassical, { kind: 'random-forest', format: 'onnx', input: 'pixels', facts }, { model: [cut], images, testProba: [stored('forest')] }), InvalidModelError);
    const models = [{ name: 'forest', kind: 'random-forest' }, { name: 'centroid', kind: 'nearest-centroid' }] as const;
    const inputs = { meta: [meta], 'model:forest': [cut], 'model:centroid': [saved('centroid')], images, testProba: [stored('pool')] };
    await assert.rejects(runStep(exportEnsemble, { models, input: 'pixels', facts, note: '' }, inputs), InvalidModelError);
    await assert.rejects(runStep(exportEnsemble, { models, facts, note: '' }, { ...inputs, meta: [meta.subarray(0, 50)] }), InvalidModelError);
  });
});
