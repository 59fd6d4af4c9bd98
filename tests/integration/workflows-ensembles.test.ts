import { strict as assert } from 'node:assert';
import { Context } from '@temporalio/activity';
import { ApplicationFailure, ChildWorkflowFailure } from '@temporalio/common';
import { WorkflowFailedError } from '@temporalio/client';
import type { ModelConfig, PipelineConfig } from '../../shared/config.js';
import type { FitFoldInput, JoinFoldsInput } from '../../shared/contracts/analysis.js';
import type { CandidateEntry } from '../../shared/contracts/candidates.js';
import type { CombineInput, DiversityInput } from '../../shared/contracts/steps.js';
import { ENSEMBLE_METHODS } from '../../shared/ensemble-methods.js';
import { InvalidDataError } from '../../shared/errors.js';
import { THREE_MODELS } from '../support/three-models.js';
import type { RunProgress } from '../../shared/run.js';
import { PROGRESS_QUERY } from '../../shared/run.js';
import type { RunManifest } from '../../storage/manifest.js';
import type { FakeActivities } from '../support/fake-steps.js';
import { fakeSteps, step } from '../support/fake-steps.js';
import { historyFacts } from '../support/history-facts.js';
import type { RanPipeline } from '../support/pipeline-suite.js';
import { inputsOf, pipelineSuite } from '../support/pipeline-suite.js';
import { untilCancelled } from '../support/until-cancelled.js';

const KB = 1_024;
const DEFAULT = THREE_MODELS;
const FOLDED = ['logistic-regression', 'xgboost'];
const NO_FOLDS = { methods: [], models: [], folds: 5 };

describe('the ensembles of the pipeline workflow', function () {
  this.timeout(60_000);
  const suite = pipelineSuite();

  const ran = (ensemble: Partial<PipelineConfig['ensemble']>, over: Partial<PipelineConfig> = {}, overrides: Partial<FakeActivities> = {}): Promise<RanPipeline> =>
    suite.ran({ ...DEFAULT, ...over, ensemble: { ...DEFAULT.ensemble, ...ensemble } }, overrides);
  const kindsOf = ({ models }: RunManifest): string[] => models.filter(({ bases }) => bases).map(({ name, kind }) => `${name}: ${kind}`);

  it('are fitted on the validation rows of all models, and the one with the lowest log-loss there is the ensemble', async () => {
    const { result, calls } = await ran({ methods: ['log-pool', 'soft-vote', 'greedy'], outOfFold: NO_FOLDS, params: { 'log-pool': { C: 3 } } });
    assert.deepEqual(kindsOf(result), ['ensemble: greedy', 'log-pool: log-pool', 'soft-vote: soft-vote']);
    const combined = inputsOf<CombineInput>(calls, 'combine');
    const asked = combined.map(({ method, options, outOfFold }) => [method, options, outOfFold] as const).sort(([a], [b]) => (a < b ? -1 : 1));
    assert.deepEqual(asked, [['greedy', {}, undefined], ['log-pool', { C: 3 }, undefined], ['soft-vote', {}, undefined]]);
    assert.ok(combined.every(({ bases }) => bases.map(({ name }) => name).join() === 'logistic-regression,xgboost,cnn'));
    assert.equal(inputsOf(calls, 'fitFold').length, DEFAULT.analyse.labelErrors.folds);
    assert.deepEqual(result.stages.find(({ name }) => name === 'ensemble')?.steps, 4);
  });

  it('take the settings\' word for which of them is the ensemble', async () => {
    const { result } = await ran({ methods: ['greedy', 'soft-vote'], headline: 'soft-vote', outOfFold: NO_FOLDS });
    assert.deepEqual(kindsOf(result), ['ensemble: soft-vote', 'greedy: greedy']);
  });

  it('are evaluated all, and only the best of them is timed', async () => {
    const { result } = await ran({ methods: ['soft-vote', 'greedy'], outOfFold: NO_FOLDS });
    assert.deepEqual(result.models.map(({ name, latency }) => [name, latency !== undefined]), [
      ['logistic-regression', true], ['xgboost', true], ['cnn', true], ['ensemble', true], ['cnn-int8', true], ['soft-vote', false],
    ]);
    assert.ok(result.models.every(({ testAccuracy }) => testAccuracy > 0.9));
  });

  it('have their diversity looked at, by an ensemble that is quick to fit', async () => {
    const { calls, result } = await ran({ methods: ['greedy'], outOfFold: NO_FOLDS, params: { greedy: { picks: 9 } } });
    assert.deepEqual(inputsOf<DiversityInput>(calls, 'diversity').map(({ method, options, bases }) => [method, options, bases.length]), [['greedy', { picks: 9 }, 3]]);
    assert.ok(result.analysis);
    const stacked = await ran({ methods: ['stack-logistic'], outOfFold: NO_FOLDS });
    assert.deepEqual(inputsOf<DiversityInput>(stacked.calls, 'diversity').map(({ method }) => method), ['log-pool']);
  });

  it('find their way into the report where nothing else was looked at', async () => {
    const off = { analyse: { ...DEFAULT.analyse, enabled: false }, augment: { ...DEFAULT.augment, enabled: false } };
    const { calls } = await ran({ methods: ['soft-vote'], outOfFold: NO_FOLDS }, off);
    assert.deepEqual(inputsOf<{ steps: object }>(calls, 'indexAnalysis').map(({ steps }) => Object.keys(steps)), [['diversity']]);
  });

  it('are fitted on out-of-fold rows as well, of the models that are folded', async () => {
    const { result, calls, runId, progress } = await ran({ methods: ['greedy'], outOfFold: { methods: ['stack-logistic', 'greedy'], models: FOLDED, folds: 3 } });
    assert.deepEqual(kindsOf(result), ['ensemble: greedy-oof', 'greedy: greedy', 'stack-logistic-oof: stack-logistic-oof']);
    const best = result.models.find(({ name }) => name === 'ensemble');
    assert.deepEqual(best?.bases, FOLDED);
    const folds = inputsOf<FitFoldInput>(calls, 'fitFold').filter(({ progressTo }) => progressTo !== undefined);
    assert.deepEqual(folds.map(({ name, fold }) => `${name} ${fold}`).sort(), FOLDED.flatMap((name) => [0, 1, 2].map((fold) => `${name} ${fold}`)));
    assert.ok(folds.every(({ testRows, progressTo, name }) => !testRows && progressTo === `${runId}-fold-${name}`));
    const joins = inputsOf<JoinFoldsInput>(calls, 'joinFolds');
    assert.ok(joins.length === 2 && joins.every((join) => join.folds.length === 3));
    const oof = inputsOf<CombineInput>(calls, 'combine').filter(({ outOfFold }) => outOfFold);
    assert.ok(oof.length === 2 && oof.every(({ outOfFold, bases }) => outOfFold?.length === 2 && bases.map(({ name }) => name).join() === FOLDED.join()));
    assert.equal(result.stages.find(({ name }) => name === 'ensemble')?.steps, 3 + 1 + 2 * 4);
    // Two fits and predictions of 0.5 s each, three folds and a join of each of the two models, and the ensemble's own.
    assert.equal(best?.trainingSeconds, 2 * 0.5 + 2 * 4 * 0.5 + 0.5);
    const shown = progress.models.filter(({ name }) => name.endsWith('3 folds'));
    assert.deepEqual(shown.map(({ name, state, fraction }) => [name, state, fraction]), FOLDED.map((name) => [`${name}, 3 folds`, 'done', 1]));
  });

  it('queue the folds behind the trainings', async () => {
    const { calls } = await ran({ methods: [], outOfFold: { methods: ['greedy'], models: FOLDED, folds: 2 } });
    const order = calls.map(({ activity }) => activity);
    assert.ok(order.lastIndexOf('fitModel') < order.indexOf('fitFold'), order.join(' '));
  });

  it('share the folds of the label errors where they are the same, which predict the test rows then', async () => {
    const same = { analyse: { ...DEFAULT.analyse, labelErrors: { model: 'xgboost', folds: 2, params: {} } } };
    const { calls } = await ran({ methods: [], outOfFold: { methods: ['greedy'], models: FOLDED, folds: 2 } }, same);
    const of = (name: string): FitFoldInput[] => inputsOf<FitFoldInput>(calls, 'fitFold').filter((input) => input.name === name);
    assert.deepEqual(of('logistic-regression').map(({ testRows }) => testRows), [false, false]);
    assert.deepEqual(of('xgboost').map(({ testRows }) => testRows), [true, true, true, true]);
    const parts = of('xgboost').map(({ fold, folds, model, features, randomState, dataset }) => JSON.stringify([fold, folds, model, features, randomState, dataset]));
    assert.equal(new Set(parts).size, 2, 'the label errors ask for the steps that the ensembles have had made');
    const order = calls.filter(({ activity }) => activity === 'fitFold').map(({ input }) => (input as FitFoldInput).progressTo === undefined);
    assert.deepEqual(order.slice(-2), [true, true], 'the label errors come last');
  });

  it('have folds of their own where the label errors fit another model, or fewer epochs', async () => {
    const other = { analyse: { ...DEFAULT.analyse, labelErrors: { model: 'xgboost', folds: 2, params: { rounds: 3 } } } };
    const { calls } = await ran({ methods: [], outOfFold: { methods: ['greedy'], models: FOLDED, folds: 2 } }, other);
    assert.ok(inputsOf<FitFoldInput>(calls, 'fitFold').every(({ testRows, progressTo }) => testRows === (progressTo === undefined)));
  });

  it('show how far every fold is', async () => {
    const seen: string[] = [];
    await ran({ methods: [], outOfFold: { methods: ['greedy'], models: FOLDED, folds: 2 } }, {}, {
      async fitFold(input) {
        if (input.progressTo !== undefined && input.name === 'xgboost' && input.fold === 1) {
          const handle = Context.current().client.workflow.getHandle(input.progressTo);
          await handle.signal('modelProgress', { name: 'fold 2', fraction: 0.5, note: 'round 3/6', metrics: {} });
          const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
          seen.push(currentDetails);
        }
        return step(`fold-${input.model.kind}`, input, ['rows', 'proba', 'testProba'], {});
      },
    });
    assert.match(seen.join(), /- fold 1\/2: \d+ %.*\n- fold 2\/2: 50 %, round 3\/6/);
  });

  it('fail with the error of the fold, and cancel the others', async () => {
    let cancelled = 0;
    const { activities } = fakeSteps({
      async fitFold(input) {
        if (input.fold === 0 && input.name === 'xgboost') throw new InvalidDataError('fold 0 leaves no row');
        return untilCancelled(() => (cancelled += 1));
      },
    });
    await suite.world.withWorkers(activities, async () => {
      const runId = await suite.runs.start({ ...DEFAULT, analyse: { ...DEFAULT.analyse, enabled: false }, ensemble: { ...DEFAULT.ensemble, outOfFold: { methods: ['greedy'], models: FOLDED, folds: 2 } } });
      const error = await suite.runs.errorOf(runId);
      assert.ok(error instanceof WorkflowFailedError && error.cause instanceof ChildWorkflowFailure);
      const cause = error.cause.cause?.cause;
      assert.ok(cause instanceof ApplicationFailure && cause.type === 'InvalidDataError', String(error.cause.cause));
      const { models, stages } = await suite.world.client.workflow.getHandle(runId).query<RunProgress>(PROGRESS_QUERY);
      assert.equal(models.find(({ name }) => name === 'xgboost, 2 folds')?.state, 'failed');
      assert.equal(stages.find(({ name }) => name === 'ensemble')?.state, 'failed');
    });
    assert.ok(cancelled >= 1, `${cancelled} folds were cancelled`);
  });

  it('keep the history within 2,000 events and every payload under 8 KB with thirty models, all of them folded, and every method', async () => {
    const some = Object.entries(DEFAULT.train.models) as [string, ModelConfig][];
    const names = Array.from({ length: 30 }, (_, i) => `${some[i % some.length]?.[0]}-${i}`);
    const models = Object.fromEntries(names.map((name, i) => [name, some[i % some.length]?.[1] as ModelConfig]));
    const { runId, result, calls } = await ran(
      { methods: ENSEMBLE_METHODS, outOfFold: { methods: ENSEMBLE_METHODS, models: names, folds: 5 } },
      { train: { enabled: true, models }, compress: { ...DEFAULT.compress, models: [names[2] ?? ''] }, analyse: { ...DEFAULT.analyse, labelErrors: { model: names[2] ?? '', folds: 5, params: {} } } },
    );
    assert.equal(kindsOf(result).length, 14);
    assert.equal(inputsOf<FitFoldInput>(calls, 'fitFold').length, 155);
    const ensemble = inputsOf<Omit<CandidateEntry, 'kind'>>(calls, 'recordCandidate').find(({ name }) => name === 'ensemble');
    assert.equal(ensemble?.training?.length, 30);
    const sizes: string[] = [];
    for (const id of [runId, `${runId}-fold-${names[0]}`]) {
      const facts = await historyFacts(suite.world.client, id);
      sizes.push(`${id}: ${facts.events} events, largest payload ${facts.largestPayloadBytes} bytes`);
      assert.ok(facts.events <= 2_000 && facts.largestPayloadBytes < 8 * KB, sizes.join('; '));
    }
  });
});
