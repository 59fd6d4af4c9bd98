import { strict as assert } from 'node:assert';
import type { FitModelInput } from '../../shared/contracts/steps.js';
import { DivergedError, InternalError, InvalidConfigError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import type { SearchProgress } from '../../shared/search.js';
import { SEARCH_QUERY } from '../../shared/search.js';
import { historyFacts } from '../support/history-facts.js';
import type { SearchRuns } from '../support/search-runs.js';
import { ASHA, fakeFit, searchRuns } from '../support/search-runs.js';
import { until } from '../support/until.js';
import { untilCancelled } from '../support/until-cancelled.js';
import type { WorkflowWorld } from '../support/workflow-world.js';
import { startWorkflowWorld } from '../support/workflow-world.js';

const KB = 1_024;
const RANDOM: JsonObject = { model: 'xgboost', params: ASHA['params'] ?? {}, strategy: 'random', trials: 6, window: 4 };

describe('the search workflow', function () {
  this.timeout(60_000);
  let world: WorkflowWorld;
  let runs: SearchRuns;

  before(async () => {
    world = await startWorkflowWorld();
    runs = searchRuns(world);
  });
  after(() => world.stop());

  const fitsOf = (calls: readonly { readonly activity: string; readonly input: unknown }[]): FitModelInput[] =>
    calls.filter(({ activity }) => activity === 'fitModel').map(({ input }) => input as FitModelInput);

  it('of random values fits each once, on the steps of a run, predicts no test row, and records what it found', async () => {
    const { activities, calls } = runs.fakes();
    await world.withWorkers(activities, async () => {
      const searchId = await runs.start(RANDOM);
      const outcome = await runs.searches.outcome(searchId);
      assert.ok(outcome.state === 'completed');
      const { digest, best, trials } = outcome.headline;
      assert.equal(trials, 6);
      const names = new Set(calls.map(({ activity }) => activity));
      assert.deepEqual([...names].sort(), ['extractFeatures', 'fitModel', 'indexFeatures', 'ingest', 'recordSearch', 'saveSearchPart']);
      const fits = fitsOf(calls);
      assert.equal(fits.length, 6);
      assert.ok(fits.every(({ fitRows, randomState, model }) => fitRows === undefined && randomState === 20_261 && model.params['columns'] === 150));

      const record = await runs.record(searchId);
      assert.equal(record.state, 'finished');
      assert.equal(record.digest, digest);
      assert.equal(record.keys.length, new Set(record.keys).size);
      assert.equal(record.keys.length, 6 + 9, 'six fits, ingest, seven shards and their index');
      const losses = record.trials.map(({ fits: [fit] }) => fit?.validationLogLoss ?? NaN);
      assert.equal(best?.validationLogLoss, Math.min(...losses));
      assert.deepEqual(record.best?.model.params, { ...fits.find(({ model }) => model.params['learningRate'] === best?.params['learningRate'])?.model.params });
    });
  });

  it('of a grid takes every point', async () => {
    const { activities, calls } = runs.fakes();
    await world.withWorkers(activities, async () => {
      const searchId = await runs.start({ model: 'xgboost', strategy: 'grid', trials: 9, params: { maxDepth: { integer: [4, 6] }, learningRate: { choice: [0.1, 0.2] } }, metric: 'validationAccuracy' });
      await runs.searches.outcome(searchId);
      assert.equal(fitsOf(calls).length, 6);
      assert.deepEqual((await runs.record(searchId)).best?.params, { maxDepth: 5, learningRate: 0.2 });
    });
  });

  it('by ASHA promotes the best of each rung, tells how it stands, and gives the same record for the same search', async () => {
    const { activities } = runs.fakes();
    await world.withWorkers(activities, async () => {
      const [one, two] = [await runs.start(ASHA), await runs.start(ASHA)];
      await Promise.all([one, two].map((id) => runs.searches.outcome(id)));
      const [first, second] = [await runs.record(one), await runs.record(two)];
      assert.equal(first.digest, second.digest);
      const { progress } = await runs.searches.status(one);
      // Two at the top: the best of the first three at 9 rounds, and one that was better when it came.
      assert.deepEqual(progress?.rungs.map(({ resource, fits }) => [resource, fits]), [[3, 12], [9, 4], [27, 2]]);
      assert.equal(progress?.top[0]?.trial, first.best?.trial);
      assert.equal(first.best?.resource, 27);
      assert.equal(first.best?.model.params['rounds'], 27);
      assert.deepEqual(first.trials.filter(({ fits }) => fits.length > 1).map(({ trial, fits }) => [trial, fits.at(-1)?.rung]), second.trials.filter(({ fits }) => fits.length > 1).map(({ trial, fits }) => [trial, fits.at(-1)?.rung]));
    });
  });

  it('gives trials few rows at first, and all of them at the top as a run does', async () => {
    const { activities, calls } = runs.fakes({ ingest: async (input) => ({ ...(await runs.fakes().activities.ingest(input)), summary: { trainRows: 6_000, validationRows: 1_000, testRows: 1, trainShards: 1, testShards: 1 } }) });
    await world.withWorkers(activities, async () => {
      await runs.searches.outcome(await runs.start({ ...ASHA, trials: 4, resource: { of: 'rows', min: 1_000 }, reduction: 2 }));
    });
    assert.deepEqual([...new Set(fitsOf(calls).map(({ fitRows }) => fitRows))], [1_000, 2_000, undefined]);
    assert.ok(fitsOf(calls).every(({ model }) => model.params['rounds'] === 25));
  });

  it('counts a trial that diverges as the worst, and fails when more fail than it allows', async () => {
    const failing = (most: number): Partial<ReturnType<typeof runs.fakes>['activities']> => ({
      fitModel: async (input) => {
        if (Number(input.model.params['maxDepth']) <= most) throw new DivergedError('the loss is NaN in round 2');
        return fakeFit(input);
      },
    });
    await world.withWorkers(runs.fakes(failing(3)).activities, async () => {
      const searchId = await runs.start({ ...ASHA, maxFailures: 8 });
      assert.equal((await runs.searches.outcome(searchId)).state, 'completed');
      const failed = (await runs.record(searchId)).trials.filter(({ fits }) => fits.some(({ error }) => error));
      assert.ok(failed.length > 0);
      assert.ok(failed.every(({ params, fits }) => Number(params['maxDepth']) <= 3 && fits.length === 1 && fits[0]?.error?.message === 'the loss is NaN in round 2'));
    });
    await world.withWorkers(runs.fakes(failing(9)).activities, async () => {
      const searchId = await runs.start({ ...ASHA, maxFailures: 2 });
      const outcome = await runs.searches.outcome(searchId);
      assert.ok(outcome.state === 'failed');
      assert.equal(outcome.error.type, 'DivergedError');
      assert.match(outcome.error.message, /^\d trials failed, more than maxFailures 2 allows\. The last, trial \d+ with \{"learningRate".*the loss is NaN in round 2/);
      assert.equal((await runs.record(searchId)).state, 'failed');
    });
  });

  it('fails at once for what is no trial\'s fault', async () => {
    const { activities } = runs.fakes({ fitModel: () => Promise.reject(new InternalError('a defect')) });
    await world.withWorkers(activities, async () => {
      const outcome = await runs.searches.outcome(await runs.start({ ...RANDOM, maxFailures: 6 }));
      assert.deepEqual(outcome, { state: 'failed', error: { type: 'InternalError', message: 'a defect' } });
    });
  });

  it('takes a figure that is no number for a diverged trial', async () => {
    const { activities } = runs.fakes({ fitModel: async (input) => ({ ...fakeFit(input), summary: { ...fakeFit(input).summary, validationLogLoss: NaN } }) });
    await world.withWorkers(activities, async () => {
      const outcome = await runs.searches.outcome(await runs.start({ ...RANDOM, maxFailures: 0 }));
      assert.ok(outcome.state === 'failed' && outcome.error.type === 'DivergedError', JSON.stringify(outcome));
    });
  });

  it('ends when its time is up, its running trials first, with the best so far', async () => {
    const cancelled: string[] = [];
    const { activities } = runs.fakes({
      fitModel: (input) => (input.progressTo.includes('-trial-0-') ? Promise.resolve(fakeFit(input)) : untilCancelled(() => cancelled.push(input.progressTo))),
    });
    await world.withWorkers(activities, async () => {
      const searchId = await runs.start({ ...RANDOM, timeBudget: '2s', window: 3 });
      const outcome = await runs.searches.outcome(searchId);
      assert.ok(outcome.state === 'completed');
      assert.equal(outcome.headline.state, 'out-of-time');
      assert.equal(outcome.headline.best?.trial, 0);
      assert.deepEqual(cancelled.sort(), [1, 2, 3].map((trial) => `${searchId}-trial-${trial}-rung-0`));
      assert.equal((await runs.record(searchId)).state, 'out-of-time');
      assert.equal((await runs.searches.status(searchId)).progress?.state, 'out-of-time');
    });
  });

  it('ends its trials when it is cancelled, and goes on from there when it is resumed', async () => {
    const asked: string[] = [];
    const slow = runs.fakes({
      fitModel: (input) => {
        asked.push(input.progressTo);
        return /-trial-[0-4]-rung-0$/.test(input.progressTo) ? Promise.resolve(fakeFit(input)) : untilCancelled(() => undefined);
      },
    });
    const searchId = await world.withWorkers(slow.activities, async () => {
      const id = await runs.start(ASHA);
      await until(() => asked.length === 5 + 4); // whoever of the five is promoted, and the three trials after them
      await runs.searches.cancel(id);
      assert.deepEqual(await runs.searches.outcome(id), { state: 'cancelled' });
      return id;
    });
    const cut = await runs.record(searchId);
    assert.equal(cut.state, 'cancelled');
    assert.equal(cut.trials.flatMap(({ fits }) => fits).length, 5);

    const { activities, calls } = runs.fakes();
    await world.withWorkers(activities, async () => {
      await runs.searches.resume(searchId);
      await assert.rejects(runs.searches.resume(searchId), (error: Error) => error instanceof InvalidConfigError && /is running/.test(error.message));
      assert.equal((await runs.searches.outcome(searchId)).state, 'completed');
      const known = new Set(cut.trials.flatMap(({ trial, fits }) => fits.map(({ rung }) => `${searchId}-trial-${trial}-rung-${rung}`)));
      const again = fitsOf(calls).map(({ progressTo }) => progressTo);
      assert.deepEqual(again.filter((id) => known.has(id)), [], 'what was known is fitted again');
      const whole = await runs.start(ASHA);
      await runs.searches.outcome(whole);
      const uncut = await runs.record(whole);
      assert.equal(again.length, uncut.trials.flatMap(({ fits }) => fits).length - known.size);
      assert.equal((await runs.record(searchId)).digest, uncut.digest);

      await assert.rejects(runs.searches.resume(searchId), (error: Error) => error instanceof InvalidConfigError && /has finished with its 12 trials.*--trials 24/.test(error.message));
      await runs.searches.resume(searchId, { trials: 15 });
      await runs.searches.outcome(searchId);
      assert.equal((await runs.record(searchId)).trials.length, 15);
    });
  });

  it('waits for what a terminated execution left behind when it is resumed', async () => {
    const started = { fits: 0 };
    const { activities } = runs.fakes({
      fitModel: (input) => (++started.fits <= 2 ? untilCancelled(() => undefined) : Promise.resolve(fakeFit(input))),
    });
    await world.withWorkers(activities, async () => {
      const searchId = await runs.start({ ...RANDOM, window: 2 });
      await until(() => started.fits === 2);
      await runs.handle(searchId).terminate('lost');
      await runs.searches.resume(searchId);
      assert.equal((await runs.searches.outcome(searchId)).state, 'completed');
      assert.equal((await runs.record(searchId)).trials.length, 6);
    });
  });

  it('keeps every payload under 8 KB and its history short, with many trials', async () => {
    const { activities } = runs.fakes();
    await world.withWorkers(activities, async () => {
      const searchId = await runs.start({ ...ASHA, trials: 60, window: 8 });
      await runs.searches.outcome(searchId);
      const facts = await historyFacts(world.client, searchId);
      assert.ok(facts.largestPayloadBytes < 8 * KB, `a payload of ${facts.largestPayloadBytes} bytes`);
      assert.ok(facts.events / 84 < 12, `${facts.events} events for 84 fits`);
      const trial = await historyFacts(world.client, `${searchId}-trial-0-rung-0`);
      assert.deepEqual(trial.activities, ['fitModel']);
      assert.ok(trial.largestPayloadBytes < 8 * KB, `a payload of ${trial.largestPayloadBytes} bytes`);
      const progress = await runs.handle(searchId).query<SearchProgress>(SEARCH_QUERY);
      assert.equal(progress.top.length, 20);
      assert.ok(JSON.stringify(progress).length < 8 * KB);
      const { currentDetails } = await runs.handle(searchId).query<{ currentDetails: string }>('__temporal_workflow_metadata');
      assert.match(currentDetails, /\| \d+ \| ✓ done \| 27 \|/);
    });
  });

  it('lists searches with what they found', async () => {
    const listed = await until(async () => {
      const all = await runs.searches.list(50);
      return all.some(({ headline }) => headline) && all.some(({ state }) => state === 'failed') ? all : undefined;
    });
    assert.ok(listed.every(({ model, strategy }) => model === 'xgboost' && strategy));
    const found = listed.find(({ headline }) => headline?.state === 'finished');
    assert.match(found?.headline?.digest ?? '', /^[0-9a-f]{64}$/);
  });
});
