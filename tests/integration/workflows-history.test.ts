import { strict as assert } from 'node:assert';
import type { ModelConfig, PipelineConfig } from '../../shared/config.js';
import { fakeSteps } from '../support/fake-steps.js';
import { historyFacts } from '../support/history-facts.js';
import { pipelineSuite } from '../support/pipeline-suite.js';
import { THREE_MODELS } from '../support/three-models.js';

const KB = 1_024;

describe('the pipeline workflow and its history', function () {
  this.timeout(60_000);
  const suite = pipelineSuite();

  const assertDetails = async (runId: string): Promise<void> => {
    const { currentDetails } = await suite.world.client.workflow.getHandle(runId).query<{ currentDetails: string }>('__temporal_workflow_metadata');
    assert.match(currentDetails, /\| report \| ✓ done \|/);
    assert.ok(Buffer.byteLength(currentDetails) < 20 * KB, `details of ${Buffer.byteLength(currentDetails)} bytes`);
  };

  it('keeps its history within 2,000 events, every payload under 8 KB and its details under 20 KB', async () => {
    const { activities } = fakeSteps();
    await suite.world.withWorkers(activities, async () => {
      const runId = await suite.runs.start(THREE_MODELS);
      await suite.runs.resultOf(runId);
      for (const id of [runId, `${runId}-train-cnn`]) {
        const facts = await historyFacts(suite.world.client, id);
        assert.ok(facts.events <= 2_000, `${id}: ${facts.events} events`);
        assert.ok(facts.largestPayloadBytes < 8 * KB, `${id}: a payload of ${facts.largestPayloadBytes} bytes`);
      }
      const { typedSearchAttributes } = await suite.world.client.workflow.getHandle(runId).describe();
      const attributes = Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]));
      assert.equal(attributes['DigitloomStage'], 'finished');
      assert.equal(attributes['DigitloomPreset'], 'default');
      assert.equal(attributes['DigitloomBestAccuracy'], 0.973);
      await assertDetails(runId);
    });
  });

  it('keeps them so with thirty models on expanded rows, their ensemble and five variants', async () => {
    const { activities, calls } = fakeSteps();
    const { train, ...config } = THREE_MODELS;
    const some = Object.entries(train.models) as [string, ModelConfig][];
    const names = Array.from({ length: 30 }, (_, i) => `${some[i % some.length]?.[0]}-${i}`);
    const models = Object.fromEntries(names.map((name, i) => [name, { ...(some[i % some.length]?.[1] as ModelConfig), rows: 'expanded' as const }]));
    const networks = names.filter((name) => name.startsWith('cnn'));
    const thirty: PipelineConfig = {
      ...config, train: { enabled: true, models }, augment: { ...config.augment, copies: 5 }, compress: { ...config.compress, models: networks.slice(0, 5) },
      analyse: { ...config.analyse, labelErrors: { ...config.analyse.labelErrors, model: networks[0] ?? '', folds: 5 } },
    };
    await suite.world.withWorkers(activities, async () => {
      const runId = await suite.runs.start(thirty);
      const result = await suite.runs.resultOf(runId);
      assert.deepEqual(result.models.map(({ name }) => name), [...names, 'ensemble', ...networks.slice(0, 5).map((name) => `${name}-int8`), 'soft-vote', 'log-pool']);
      assert.deepEqual(result.models[30]?.bases, names);
      assert.equal(result.models.filter(({ latency }) => latency?.p50Ms === 1).length, 36);
      assert.ok(result.keys.length > 100, `${result.keys.length} keys`);
      assert.equal(calls.filter(({ activity }) => activity === 'keepKeys').length, 2 + Math.ceil(result.keys.length / 100));
      for (const id of [runId, `${runId}-train-${names[0]}`]) {
        const facts = await historyFacts(suite.world.client, id);
        assert.ok(facts.events <= 2_000, `${id}: ${facts.events} events`);
        assert.ok(facts.largestPayloadBytes < 8 * KB, `${id}: a payload of ${facts.largestPayloadBytes} bytes`);
      }
      await assertDetails(runId);
    });
  });
});
