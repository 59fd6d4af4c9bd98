import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { resultTable } from '../../cli/results/result-table.js';
import { resultsOf } from '../../cli/results/results-file.js';
import { resultsSchema } from '../../client/results-schema.js';
import type { RunResult } from '../../shared/run.js';
import { ref } from '../support/fake-steps.js';

const RESULT: RunResult = {
  runId: 'run-20261123-101530-ab12', preset: 'smoke', datasetDigest: ref('data').digest, seconds: 12.5, computedSeconds: 80.25, cached: false,
  stages: [
    { name: 'ingest', state: 'done', seconds: 1, computedSeconds: 2, steps: 1, cachedSteps: 1 },
    { name: 'compress', state: 'skipped', seconds: 0, computedSeconds: 0, steps: 0, cachedSteps: 0 },
  ],
  models: [
    {
      name: 'cnn', kind: 'cnn', input: 'pixels', origin: { search: 'search-7', digest: ref('record').digest }, testAccuracy: 0.9921, logLoss: 0.0254, ece: 0.004, bytes: 627_126, parameters: 155_786, trainingSeconds: 36.8, cached: false,
      latency: { runtime: 'tfjs-node', p50Ms: 0.98, p99Ms: 2.77, imagesPerSecond: 3_264.9 }, artifacts: { model: ref('cnn'), testProba: ref('proba') },
    },
    { name: 'ensemble', kind: 'greedy', bases: ['cnn'], testAccuracy: 0.9934, logLoss: 0.02, ece: 0.003, bytes: 700_000, parameters: 160_000, trainingSeconds: 40, cached: false, artifacts: {} },
  ],
  report: ref('report'),
  exports: [
    { kind: 'export', model: 'cnn', format: 'onnx', file: 'cnn.onnx', bytes: 9, size: 9, verified: { runtime: 'r', rows: 10, largestDifference: 0, labelsChanged: 0, exceptions: 0, agrees: true }, artifact: ref('onnx') },
    { kind: 'export', model: 'cnn', format: 'tflite', file: 'cnn.tflite', bytes: 8, size: 8, pending: 'LiteRT', artifact: ref('tflite') },
    { kind: 'export', model: 'ensemble', format: 'tflite', refused: 'no network' },
  ],
};

describe('the results of a run', () => {
  it('conform to the published schema, which is the one that the code holds', async () => {
    const published = JSON.parse(await readFile('docs/results.schema.json', 'utf8')) as object;
    assert.deepEqual(published, resultsSchema, 'rewrite it: node dist/tests/support/write-schemas.js');
    const validate = new Ajv2020({ allErrors: true }).compile(published);
    const results = resultsOf(RESULT, 3.25);
    assert.ok(validate(results), JSON.stringify(validate.errors));
    assert.ok(!validate({ ...results, surprise: 1 }));
    assert.ok(!validate({ ...results, models: [{ ...results.models[0], testAccuracy: 99 }] }));
  });

  it('name digests, latency and whether a stage came from the store', () => {
    const results = resultsOf(RESULT, 3.25);
    const { stages, models, report, provisioningSeconds } = results;
    assert.deepEqual(stages.map((stage) => (stage as { cached: boolean }).cached), [true, false]);
    assert.deepEqual((models[0] as { artifacts: object }).artifacts, { model: ref('cnn').digest, testProba: ref('proba').digest });
    assert.deepEqual((results.exports ?? []).map((row) => (row as { artifact?: string }).artifact), [ref('onnx').digest, ref('tflite').digest, undefined]);
    assert.deepEqual([report, provisioningSeconds], [ref('report').digest, 3.25]);
  });

  it('are a table of models and one of the stages that ran', () => {
    const table = stripVTControlCharacters(resultTable(RESULT));
    assert.match(table, /cnn\s+│\s+99\.21 % │\s+0\.0254 │ 0\.98 ms │ 2\.77 ms │\s+3,265 │\s+627 kB │\s+155,786 │\s+36\.8s/);
    assert.match(table, /ensemble\s+│\s+99\.34 %.*│\s+- │/);
    assert.match(table, /run\s+│\s+12\.5 │\s+80\.3 │\s+1 │\s+1 │/);
    assert.ok(!table.includes('compress'));
    assert.match(table, /\nExports: 2 files, 1 of them run beside their models, 1 refused/);
  });

  it('have one row for a model with several seeds, and a line that names each', () => {
    const [cnn] = RESULT.models;
    assert.ok(cnn);
    const spread = { names: ['cnn', 'cnn.2'], accuracy: { mean: 0.99235, deviation: 0.000354 }, logLoss: { mean: 0.0252, deviation: 0.0003 } };
    const result: RunResult = { ...RESULT, models: [{ ...cnn, seedOf: { model: 'cnn', number: 1 }, seeds: spread }, { ...cnn, name: 'cnn.2', testAccuracy: 0.9926, seedOf: { model: 'cnn', number: 2 } }] };
    const table = stripVTControlCharacters(resultTable(result));
    assert.match(table, /│ cnn \(2 seeds\) │ 99\.2[34] ± 0\.04 % │ 0\.0252 ± 0\.0003 │/);
    assert.ok(!/│ cnn\.2/.test(table), table);
    assert.match(table, /\ncnn, % by seed: cnn 99\.21, cnn\.2 99\.26\n/);
    assert.ok(new Ajv2020({ allErrors: true }).compile(resultsSchema)(resultsOf(result, 0)));
  });

  it('say what the gate has found of each variant, and why it refuses one', () => {
    const cnn = RESULT.models[0] ?? assert.fail();
    const variant = (name: string, passed: boolean, chosen: boolean, reasons: string[]): RunResult['models'][number] => ({ ...cnn, name, kind: 'onnx', of: 'cnn', gate: { passed, chosen, reasons } });
    const result: RunResult = { ...RESULT, models: [...RESULT.models, variant('a', true, true, []), variant('b', true, false, []), variant('c', false, false, ['takes 2 bytes, 1 are allowed', 'was not timed'])] };
    const table = stripVTControlCharacters(resultTable(result));
    assert.match(table, /\na, variant of cnn: chosen, .*\nb, variant of cnn: as good, but another one is smaller\nc, variant of cnn: refused, takes 2 bytes, 1 are allowed; was not timed\n/);
    assert.ok(new Ajv2020({ allErrors: true }).compile(resultsSchema)(resultsOf(result, 0)));
    assert.deepEqual(resultsOf(result, 0).models.map((model) => (model as { gate?: { chosen: boolean } }).gate?.chosen), [undefined, undefined, true, false, false]);
  });

  it('say which search found a model\'s values', () => {
    assert.match(stripVTControlCharacters(resultTable(RESULT)), /\ncnn: values found by search search-7 \(record [0-9a-f]{12}\)\n/);
    assert.deepEqual((resultsOf(RESULT, 0).models[0] as { origin?: object }).origin, { search: 'search-7', digest: ref('record').digest });
  });
});
