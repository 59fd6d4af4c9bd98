import { strict as assert } from 'node:assert';
import { WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure, ChildWorkflowFailure } from '@temporalio/common';
import type { PipelineConfig } from '../../shared/config.js';
import type { ExportModelInput } from '../../shared/contracts/exports.js';
import type { ReportInput } from '../../shared/contracts/steps.js';
import { InvalidModelError } from '../../shared/errors.js';
import type { ExportConfig } from '../../shared/exports.js';
import type { Call } from '../support/fake-steps.js';
import { fakeSteps } from '../support/fake-steps.js';
import { historyFacts } from '../support/history-facts.js';
import { inputsOf, pipelineSuite } from '../support/pipeline-suite.js';
import { THREE_MODELS } from '../support/three-models.js';

const EXPORT: ExportConfig = { enabled: true, models: 'all', formats: ['onnx', 'tflite', 'c'], calibrationImages: 9, licence: 'MIT' };
const withExport = (changed: Partial<ExportConfig> = {}): PipelineConfig => ({ ...THREE_MODELS, export: { ...EXPORT, ...changed } });
const unknown = ({ export: _, ...config }: PipelineConfig): PipelineConfig => config;
const pairsOf = (calls: readonly Call[]): string[] => inputsOf<ExportModelInput>(calls, 'exportModel').map(({ candidate, format }) => `${candidate.name} ${format}`).sort();

describe('the exports of the pipeline workflow', function () {
  this.timeout(60_000);
  const suite = pipelineSuite();

  it('are made of every candidate in every format between the last model and the first measurement, and reach the record and the report', async () => {
    const { calls, result, progress, runId } = await suite.ran(withExport());
    const names = ['logistic-regression', 'xgboost', 'cnn', 'ensemble', 'cnn-int8', 'soft-vote', 'log-pool'];
    assert.deepEqual(pairsOf(calls), names.flatMap((name) => EXPORT.formats.map((format) => `${name} ${format}`)).sort());
    const order = calls.map(({ activity }) => activity);
    assert.ok(order.lastIndexOf('quantize') < order.indexOf('exportModel') && order.lastIndexOf('exportModel') < order.indexOf('measure'), order.join(' '));
    const [one] = inputsOf<ExportModelInput>(calls, 'exportModel');
    assert.deepEqual([one?.calibrationImages, one?.licence, one?.features !== undefined], [9, 'MIT', true]);
    assert.deepEqual(result.exports?.map(({ model, format }) => `${model} ${format}`), names.flatMap((name) => EXPORT.formats.map((format) => `${name} ${format}`)));
    assert.ok(result.exports.every((each) => 'artifact' in each && each.artifact.digest.length === 64));
    const stage = progress.stages.find(({ name }) => name === 'export');
    assert.deepEqual([stage?.state, stage?.done, stage?.total], ['done', 21, 21]);
    assert.equal(inputsOf<ReportInput>(calls, 'report')[0]?.exported?.length, 1);
    const { activities } = await historyFacts(suite.world.client, `${runId}-export-cnn`);
    assert.deepEqual(activities, ['exportModel', 'exportModel', 'exportModel']);
  });

  it('are made of the candidates that are named, of no other', async () => {
    const { calls } = await suite.ran(withExport({ models: ['cnn', 'ensemble'], formats: ['onnx'] }));
    assert.deepEqual(pairsOf(calls), ['cnn onnx', 'ensemble onnx']);
  });

  it('are recorded as refused of what is named and was not made', async () => {
    const { calls, result, progress } = await suite.ran(withExport({ models: ['cnn', 'greedy'], formats: ['onnx', 'c'] }));
    assert.deepEqual(pairsOf(calls), ['cnn c', 'cnn onnx']);
    const refused = (result.exports ?? []).flatMap((one) => ('refused' in one ? [`${one.model} ${one.format}: ${one.refused.slice(0, 24)}`] : []));
    assert.deepEqual(refused, ['greedy onnx: This run did not make it', 'greedy c: This run did not make it']);
    const stage = progress.stages.find(({ name }) => name === 'export');
    assert.deepEqual([stage?.done, stage?.total], [4, 4]);
  });

  it('fail the run with the error of the file that disagrees', async () => {
    const { activities } = fakeSteps({ exportModel: () => Promise.reject(new InvalidModelError('The export of cnn as onnx disagrees')) });
    await suite.world.withWorkers(activities, async () => {
      const runId = await suite.runs.start(withExport({ models: ['cnn'] }));
      const error = await suite.runs.errorOf(runId);
      assert.ok(error instanceof WorkflowFailedError && error.cause instanceof ChildWorkflowFailure && error.cause.cause instanceof ActivityFailure);
      const { cause } = error.cause.cause;
      assert.ok(cause instanceof ApplicationFailure && cause.type === 'InvalidModelError' && /disagrees/.test(cause.message));
      assert.equal((await suite.runs.progressOf(runId)).stages.find(({ name }) => name === 'export')?.state, 'failed');
    });
  });

  it('are left out where the section is off, and in settings that do not know of it', async () => {
    for (const config of [withExport({ enabled: false }), unknown(THREE_MODELS)]) {
      const { calls, result, progress } = await suite.ran(config);
      assert.deepEqual([pairsOf(calls), result.exports, progress.stages.find(({ name }) => name === 'export')?.state], [[], undefined, 'skipped']);
      assert.equal(inputsOf<ReportInput>(calls, 'report')[0]?.exported, undefined);
    }
  });
});
