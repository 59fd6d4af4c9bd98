import { strict as assert } from 'node:assert';
import { once, setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EvaluateInput, ReportInput } from '../../shared/contracts/steps.js';
import { fakeSteps, step } from '../support/fake-steps.js';
import { only } from '../support/pipeline-runs.js';
import { pipelineSuite } from '../support/pipeline-suite.js';
import { THREE_MODELS } from '../support/three-models.js';

describe('the pipeline workflow', function () {
  this.timeout(60_000);
  const suite = pipelineSuite();

  it('runs the stages in order and names every model, the ensembles and the variant in its result', async () => {
    const { activities, calls } = fakeSteps();
    const { result, runId } = await suite.world.withWorkers(activities, async () => {
      const runId = await suite.runs.start(THREE_MODELS);
      return { runId, result: await suite.runs.resultOf(runId) };
    });

    const order = calls.map(({ activity }) => activity);
    const first = (name: string): number => order.indexOf(name);
    const last = (name: string): number => order.lastIndexOf(name);
    assert.equal(first('ingest'), 0);
    assert.ok(last('extractFeatures') < first('indexFeatures') && last('indexFeatures') < first('fitModel'));
    assert.ok(last('predictTest') < first('combine') && last('combine') < first('diversity') && last('diversity') < first('quantize') && last('quantize') < first('measure'));
    assert.deepEqual(order.slice(first('measure')), [
      'measure', 'measure', 'measure', 'measure', 'measure', 'keepKeys', 'gateVariants', ...Array<string>(7).fill('calibrate'), 'keepKeys', 'evaluate', 'analyse', 'indexAnalysis', 'report', 'keepKeys', 'recordRun', 'movePointer',
    ]);
    assert.equal(order.filter((name) => name === 'extractFeatures').length, 7);

    assert.equal(result.runId, runId);
    assert.deepEqual(result.models.map(({ name }) => name), ['logistic-regression', 'xgboost', 'cnn', 'ensemble', 'cnn-int8', 'soft-vote', 'log-pool']);
    assert.ok(result.models.every(({ testAccuracy, latency }, i) => testAccuracy >= 0.97 && (i < 5 ? latency?.p99Ms === 2 : latency === undefined)));
    const ensemble = result.models.find(({ name }) => name === 'ensemble');
    assert.equal(ensemble?.parameters, 3_310);
    assert.deepEqual(ensemble?.bases, ['logistic-regression', 'xgboost', 'cnn']);
    assert.deepEqual(result.stages.map(({ name, state }) => (name === 'export' ? 'done' : state)), Array(10).fill('done'));
    assert.deepEqual(result.stages.map(({ steps }) => steps), [1, 12, 1, 8, 6, 4, 1, 0, 14, 1]);
    assert.equal(result.computedSeconds, 24);
    assert.ok(result.report && result.evaluation && !result.cached);
    assert.deepEqual(calls.at(-1)?.input, { name: 'latest', target: runId });
    assert.equal(new Set(result.keys).size, 48);
    const { best, ...headline } = await suite.runs.headlineOf(runId);
    assert.deepEqual(headline, { runId, seconds: result.seconds, computedSeconds: 24, cached: false });
    assert.deepEqual(best, { name: 'ensemble', testAccuracy: 0.973 }); // not the one that the test images like best
    assert.equal((calls.find(({ activity }) => activity === 'evaluate')?.input as EvaluateInput).reference, 'ensemble');
  });

  it('hands the same input to the report of two identical runs', async () => {
    const { activities, calls } = fakeSteps();
    await suite.world.withWorkers(activities, async () => {
      await suite.runs.resultOf(await suite.runs.start(THREE_MODELS));
      await suite.runs.resultOf(await suite.runs.start(THREE_MODELS));
    });
    const [a, b] = calls.filter(({ activity }) => activity === 'report').map(({ input }) => input as ReportInput);
    assert.equal(a?.evaluated.candidates.length, 7);
    assert.deepEqual(a, b);
  });

  it('has at most 16 shards in the air', async () => {
    let inTheAir = 0;
    let most = 0;
    const full = new EventTarget();
    setMaxListeners(0, full);
    const { activities } = fakeSteps({
      async extractFeatures(input) {
        most = Math.max(most, ++inTheAir);
        if (most >= 16) full.dispatchEvent(new Event('full'));
        else await once(full, 'full');
        await sleep(200);
        inTheAir -= 1;
        return step('extractFeatures', input, input.families, {});
      },
    }, { train: 40, test: 8 });
    const config = only('ingest', 'features');
    const result = await suite.world.withWorkers(activities, async () => suite.runs.resultOf(await suite.runs.start(config)));
    assert.equal(most, 16);
    assert.equal(result.stages.find(({ name }) => name === 'features')?.steps, 49);
    assert.deepEqual(result.stages.filter(({ state }) => state !== 'skipped').map(({ name, state }) => [name, state]), [['ingest', 'done'], ['features', 'done']]);
    assert.deepEqual(result.models, []);
  });
});
