import { strict as assert } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import { fakeSteps } from '../support/fake-steps.js';
import type { PipelineRuns } from '../support/pipeline-runs.js';
import { pipelineRuns } from '../support/pipeline-runs.js';
import { THREE_MODELS } from '../support/three-models.js';
import type { WorkflowWorld } from '../support/workflow-world.js';
import { startWorkflowWorld } from '../support/workflow-world.js';

/** A queue orders its tasks by partition; with one there is one order. */
const ONE_PARTITION = ['matching.numTaskqueueReadPartitions=1', 'matching.numTaskqueueWritePartitions=1', 'matching.useNewMatcher=true'];
const MODELS = 12;

describe('many models and one worker', function () {
  this.timeout(60_000);
  let world: WorkflowWorld;
  let runs: PipelineRuns;

  before(async () => {
    world = await startWorkflowWorld({ settings: ONE_PARTITION });
    runs = pipelineRuns(world);
  });
  after(() => world.stop());

  it('predict with a fitted model before the fits that wait', async () => {
    const { train, analyse, augment, features, compress, ...rest } = THREE_MODELS;
    const cnn = train.models['cnn'] ?? assert.fail('no cnn');
    const config = {
      ...rest, analyse: { ...analyse, enabled: false }, augment: { ...augment, enabled: false }, features: { ...features, enabled: false }, compress: { ...compress, enabled: false },
      train: { enabled: true, models: Object.fromEntries(Array.from({ length: MODELS }, (_, i) => [`cnn-${i}`, cnn])) },
    };
    const { fitModel } = fakeSteps().activities;
    let fits = 0;
    const { activities, calls } = fakeSteps({
      fitModel: async (input) => {
        await sleep(fits++ === 0 ? 5_000 : 400); // all the others are in the queue by then, and the workflow hears of one before the next is done
        return fitModel(input);
      },
    }, { train: 1, test: 1 });
    await world.withWorkers(activities, async () => runs.resultOf(await runs.start(config)), undefined, 1);

    const order = calls.map(({ activity }) => activity).filter((activity) => activity === 'fitModel' || activity === 'predictTest');
    // In order of arrival all fits come first; a few go to the worker while the workflow hears of the first.
    assert.ok(order.indexOf('predictTest') < MODELS / 2, order.join(' '));
  });
});
