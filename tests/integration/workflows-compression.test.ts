import { strict as assert } from 'node:assert';
import type { VariantConfigs } from '../../shared/compression.js';
import type { ModelConfig, PipelineConfig } from '../../shared/config.js';
import type { CompressNetworkInput } from '../../shared/contracts/steps.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';
import type { RanPipeline } from '../support/pipeline-suite.js';
import { inputsOf, pipelineSuite } from '../support/pipeline-suite.js';

const DEFAULT = PRESET_CONFIGS.default;
const { 'logistic-regression': LR, cnn: CNN } = DEFAULT.train.models as Record<string, ModelConfig> & { cnn: ModelConfig; 'logistic-regression': ModelConfig };
const off = { enabled: false };
const SMALL: PipelineConfig = {
  ...DEFAULT, analyse: { ...DEFAULT.analyse, ...off }, features: { ...DEFAULT.features, ...off }, ensemble: { ...DEFAULT.ensemble, ...off },
  evaluate: { ...DEFAULT.evaluate, explain: { enabled: false, models: 'all', images: 1 } },
  train: { enabled: true, models: { lr: { ...LR, input: 'pixels' }, one: CNN, two: CNN } },
};

describe('the compression of the pipeline workflow', function () {
  this.timeout(60_000);
  const suite = pipelineSuite();
  const ran = (variants: VariantConfigs, more: Partial<PipelineConfig> = {}): Promise<RanPipeline> => suite.ran({ ...SMALL, ...more, compress: { enabled: true, models: ['one'], calibrationImages: 100, variants } });

  it('makes every variant beside the int8 ones, and evaluates them in full', async () => {
    const { calls, result, progress, runId } = await ran({
      small: { of: 'two', channels: { keep: 0.5 }, epochs: 2, recipe: { augment: 'section' } }, few: { of: 'one', quantize: { weights: 4 }, distil: { teacher: 'two', share: 0.3 }, epochs: 1 },
    });
    const inputs = inputsOf<CompressNetworkInput>(calls, 'compressNetwork').sort((a, b) => (a.name < b.name ? 1 : -1));
    assert.deepEqual(inputs.map(({ name, candidate, progressTo }) => [name, candidate.name, progressTo]), [['small', 'two', runId], ['few', 'one', runId]]);
    assert.deepEqual(inputs[0]?.plan.recipe, { augment: DEFAULT.augment.document });
    assert.deepEqual([inputs[0]?.teacher, inputs[1]?.teacher && 'network' in inputs[1].teacher && inputs[1].teacher.network.name], [undefined, 'two']);
    assert.deepEqual(result.models.map(({ name, kind, of }) => [name, kind, of]), [
      ['lr', 'logistic-regression', undefined], ['one', 'cnn', undefined], ['two', 'cnn', undefined], ['one-int8', 'tflite', 'one'], ['small', 'onnx', 'two'], ['few', 'onnx', 'one'],
    ]);
    assert.ok(result.models.every(({ latency, testAccuracy }) => latency && testAccuracy > 0));
    assert.deepEqual(Object.keys(result.models[4]?.artifacts ?? {}).filter((role) => role !== 'calibration').sort(), ['compressed', 'model', 'onnx', 'testProba', 'tflite', 'validationProba']);
    assert.equal(result.stages.find(({ name }) => name === 'compress')?.steps, 3);
    assert.deepEqual(progress.models.filter(({ name }) => name === 'small' || name === 'few').map(({ state }) => state), ['done', 'done']);
  });

  it('has the folds of all models teach where the ensemble is asked for, once they are made', async () => {
    const ensemble: PipelineConfig['ensemble'] = { ...DEFAULT.ensemble, enabled: true, methods: [], outOfFold: { methods: ['log-pool'], models: ['lr', 'two'], folds: 2 } };
    const { calls } = await ran({ taught: { of: 'one', quantize: { weights: 4 }, distil: { teacher: 'ensemble' }, epochs: 1 } }, { ensemble });
    const [input] = inputsOf<CompressNetworkInput>(calls, 'compressNetwork');
    assert.equal(input?.teacher && 'outOfFold' in input.teacher && input.teacher.outOfFold.length, 2);
    const order = calls.map(({ activity }) => activity);
    assert.ok(order.lastIndexOf('joinFolds') < order.indexOf('compressNetwork'));
  });
});
