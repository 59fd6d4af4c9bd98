import { strict as assert } from 'node:assert';
import type { PipelineConfig } from '../../shared/config.js';
import type { QuantizeInput } from '../../shared/contracts/compression.js';
import type { CombineInput, EvaluateInput, FitModelInput } from '../../shared/contracts/steps.js';
import { historyFacts } from '../support/history-facts.js';
import type { RanPipeline } from '../support/pipeline-suite.js';
import { inputsOf, pipelineSuite } from '../support/pipeline-suite.js';
import { THREE_MODELS } from '../support/three-models.js';

const KB = 1_024;

describe('a run of models with several seeds', function () {
  this.timeout(60_000);
  const suite = pipelineSuite();

  const withSeeds = (seeds: Readonly<Record<string, number>>): PipelineConfig['train'] => ({
    enabled: true, models: Object.fromEntries(Object.entries(THREE_MODELS.train.models).map(([name, model]) => [name, { ...model, ...(seeds[name] && { seeds: seeds[name] }) }])),
  });
  const ran = (seeds: Readonly<Record<string, number>>, over: Partial<PipelineConfig> = {}): Promise<RanPipeline> =>
    suite.ran({ ...THREE_MODELS, ...over, train: withSeeds(seeds) });

  it('fits each seed in a child of its own, and asks for the first one as if it were the only one', async () => {
    const { calls, runId, progress, result } = await ran({ cnn: 3 });
    const fits = inputsOf<FitModelInput>(calls, 'fitModel').map(({ name, seedOf, model, randomState }) => ({ name, seedOf, model, randomState })).sort((a, b) => (a.name < b.name ? -1 : 1));
    assert.deepEqual(fits.map(({ name, seedOf }) => [name, seedOf?.number]), [['cnn', 1], ['cnn.2', 2], ['cnn.3', 3], ['logistic-regression', undefined], ['xgboost', undefined]]);
    assert.ok(fits.every(({ model, randomState }) => !('seeds' in model) && randomState === THREE_MODELS.randomState));
    assert.equal((await suite.world.client.workflow.getHandle(`${runId}-train-cnn.3`).describe()).status.name, 'COMPLETED');
    assert.deepEqual(progress.models.slice(0, 5).map(({ name, state }) => `${name} ${state}`), ['logistic-regression done', 'xgboost done', 'cnn done', 'cnn.2 done', 'cnn.3 done']);
    assert.equal(result.stages.find(({ name }) => name === 'train')?.steps, 10);
  });

  it('reports further seeds behind everything else, untimed and of their model', async () => {
    const { result, calls } = await ran({ cnn: 2, xgboost: 2 });
    assert.deepEqual(result.models.map(({ name, latency }) => [name, latency !== undefined]), [
      ['logistic-regression', true], ['xgboost', true], ['cnn', true], ['ensemble', true], ['cnn-int8', true], ['soft-vote', false], ['log-pool', false], ['xgboost.2', false], ['cnn.2', false],
    ]);
    assert.deepEqual(result.models.map(({ seedOf }) => seedOf?.number), [undefined, 1, 1, undefined, undefined, undefined, undefined, 2, 2]);
    assert.deepEqual(result.models.at(-1)?.seedOf, { model: 'cnn', number: 2 });
    assert.deepEqual(inputsOf<QuantizeInput>(calls, 'quantize').map(({ candidate }) => candidate.name), ['cnn']);
  });

  it('joins all seeds in its ensembles, or the first of each model alone', async () => {
    const basesOf = ({ calls }: RanPipeline): string[] => [...new Set(inputsOf<CombineInput>(calls, 'combine').map(({ bases }) => bases.map(({ name }) => name).join()))];
    assert.deepEqual(basesOf(await ran({ cnn: 2 })), ['logistic-regression,xgboost,cnn,cnn.2']);
    assert.deepEqual(basesOf(await ran({ cnn: 2 }, { ensemble: { ...THREE_MODELS.ensemble, seeds: 'first' } })), ['logistic-regression,xgboost,cnn']);
  });

  it('is known by a model\'s first seed where there is no ensemble, and says which models are compared', async () => {
    const compare = [['cnn', 'xgboost']] as const;
    const { runId, calls } = await ran({ cnn: 2, xgboost: 2 }, { ensemble: { ...THREE_MODELS.ensemble, enabled: false }, evaluate: { ...THREE_MODELS.evaluate, compare } });
    assert.equal((await suite.runs.headlineOf(runId)).best?.name, 'logistic-regression'); // the fakes' models are equal on the validation rows
    assert.deepEqual(inputsOf<EvaluateInput>(calls, 'evaluate')[0]?.compare, compare);
  });

  it('keeps its history within 2,000 events and every payload under 8 KB with 44 fits', async () => {
    const { runId, result } = await ran({ cnn: 20, xgboost: 20, 'logistic-regression': 4 });
    assert.equal(result.models.length, 48);
    const facts = await historyFacts(suite.world.client, runId);
    assert.ok(facts.events <= 2_000, `${facts.events} events`);
    assert.ok(facts.largestPayloadBytes < 8 * KB, `a payload of ${facts.largestPayloadBytes} bytes`);
  });
});
