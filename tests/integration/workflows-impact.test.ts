import { strict as assert } from 'node:assert';
import { WorkflowFailedError } from '@temporalio/client';
import type { AugmentationImpactConfig, PipelineConfig } from '../../shared/config.js';
import type { AugmentationImpactInput, AugmentShardInput, FitModelInput } from '../../shared/contracts/steps.js';
import { InvalidDataError } from '../../shared/errors.js';
import { fakeSteps } from '../support/fake-steps.js';
import { historyFacts } from '../support/history-facts.js';
import { inputsOf, pipelineSuite } from '../support/pipeline-suite.js';
import { THREE_MODELS } from '../support/three-models.js';

const KB = 1_024;
const IMPACT: AugmentationImpactConfig = { enabled: true, model: { kind: 'cnn', params: { epochs: 2 }, device: 'cpu' }, kinds: ['rotation', 'noise'], copies: 5, seeds: 2 };

describe('the comparison of augmentations in the pipeline workflow', function () {
  this.timeout(60_000);
  const suite = pipelineSuite();

  const configOf = (impact: Partial<AugmentationImpactConfig>, copies = 0): PipelineConfig => ({ ...THREE_MODELS, augment: { ...THREE_MODELS.augment, copies, impact: { ...IMPACT, ...impact } } });

  it('fits every way with the same seeds, the expanded one on images made for it, and compares them on what they gave', async () => {
    const { calls, result, progress } = await suite.ran(configOf({}));
    const fits = inputsOf<FitModelInput>(calls, 'fitModel').filter(({ name }) => name.startsWith('augmentation'));
    assert.deepEqual(fits.map(({ name }) => name).sort(), ['expanded', 'noise', 'none-longer', 'none', 'rotation', 'section-longer', 'section'].flatMap((way) => [`augmentation ${way}, seed 1`, `augmentation ${way}, seed 2`]).sort());
    assert.ok(fits.every(({ seedOf, name }) => seedOf?.number === (name.endsWith('1') ? 2 : 3)), 'seeds that no setting changes');
    const plain = fits.find(({ name }) => name.includes('none'));
    assert.ok(fits.every(({ name, dataset }) => (dataset.digest === plain?.dataset.digest) === !name.includes('expanded')));
    assert.deepEqual(inputsOf<AugmentShardInput>(calls, 'augmentShard').map(({ copies }) => copies), Array(6).fill(5));

    const [input] = inputsOf<AugmentationImpactInput>(calls, 'augmentationImpact');
    assert.deepEqual(input?.ways.map(({ name, copies, fits: parts }) => [name, copies, parts.length]), [
      ['none', 0, 1], ['rotation', 0, 1], ['noise', 0, 1], ['section', 0, 1], ['none-longer', 0, 1], ['section-longer', 0, 1], ['expanded', 5, 1],
    ]);
    assert.deepEqual(inputsOf<{ steps: object }>(calls, 'indexAnalysis').map(({ steps }) => 'augmentation-impact' in steps), [true]);
    assert.equal(result.stages.find(({ name }) => name === 'augment')?.steps, 1 + 7 + 14 + 1);
    const stage = progress.stages.find(({ name }) => name === 'augment');
    assert.deepEqual([stage?.state, stage?.done, stage?.total], ['done', 23, 23]);
    assert.deepEqual(progress.models.find(({ name }) => name === 'augmentation none, 2 seeds')?.state, 'done');
    assert.deepEqual(result.models.map(({ name }) => name), ['logistic-regression', 'xgboost', 'cnn', 'ensemble', 'cnn-int8', 'soft-vote', 'log-pool']);
  });

  it('begins when the run\'s own trainings are in their queue, and uses the images that the run has expanded anyway', async () => {
    const { calls } = await suite.ran(configOf({}, 5));
    const fits = inputsOf<FitModelInput>(calls, 'fitModel').map(({ name }) => name);
    assert.ok(fits.slice(0, 3).every((name) => !name.startsWith('augmentation')), fits.join());
    assert.equal(inputsOf(calls, 'augmentShard').length, 6);
  });

  it('is left out where it is off, or its section is', async () => {
    const off = await suite.ran(configOf({ enabled: false }));
    assert.deepEqual([inputsOf(off.calls, 'augmentationImpact').length, inputsOf(off.calls, 'fitModel').length], [0, 3]);
    const config = configOf({});
    const without = await suite.ran({ ...config, augment: { ...config.augment, enabled: false } });
    assert.equal(inputsOf(without.calls, 'augmentationImpact').length, 0);
  });

  it('fails the run with the error of a fit, and says so', async () => {
    const { activities } = fakeSteps();
    const { fitModel } = activities;
    const failing = fakeSteps({ fitModel: async (input) => (input.name === 'augmentation noise, seed 2' ? Promise.reject(new InvalidDataError('no digits')) : fitModel(input)) });
    await suite.world.withWorkers(failing.activities, async () => {
      const runId = await suite.runs.start(configOf({}));
      assert.ok((await suite.runs.errorOf(runId)) instanceof WorkflowFailedError);
      const { stages, models } = await suite.runs.progressOf(runId);
      assert.equal(stages.find(({ name }) => name === 'augment')?.state, 'failed');
      assert.equal(models.find(({ name }) => name === 'augmentation noise, 2 seeds')?.state, 'failed');
    });
  });

  it('keeps histories within 2,000 events and every payload under 8 KB with twelve kinds and six seeds', async () => {
    const kinds = ['rotation', 'translation', 'scale', 'shear', 'perspective', 'elastic', 'clahe', 'brightness', 'contrast', 'morphology', 'noise', 'cutout'];
    const { runId, calls } = await suite.ran(configOf({ kinds, seeds: 6 }));
    assert.equal(inputsOf<FitModelInput>(calls, 'fitModel').length, 3 + 17 * 6);
    for (const id of [runId, `${runId}-impact-perspective`]) {
      const facts = await historyFacts(suite.world.client, id);
      assert.ok(facts.events <= 2_000, `${id}: ${facts.events} events`);
      assert.ok(facts.largestPayloadBytes < 8 * KB, `${id}: a payload of ${facts.largestPayloadBytes} bytes`);
    }
  });
});
