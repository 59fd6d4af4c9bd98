import { strict as assert } from 'node:assert';
import type { VariantConfigs } from '../../shared/compression.js';
import type { ModelConfig, PipelineConfig } from '../../shared/config.js';
import type { IndexAnalysisInput } from '../../shared/contracts/analysis.js';
import type { CompressNetworkInput, GateVariantsInput, QuantizeInput, SearchFrontInput, ShrinkClassicalInput } from '../../shared/contracts/compression.js';
import type { StepActivities } from '../../shared/contracts/steps.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';
import { step } from '../support/fake-steps.js';
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
    }, { export: { enabled: false, models: 'all', formats: ['onnx'], calibrationImages: 1, licence: 'MIT' } });
    assert.deepEqual([...inputsOf<CompressNetworkInput>(calls, 'compressNetwork'), ...inputsOf<QuantizeInput>(calls, 'quantize')].map(({ licence }) => licence), ['MIT', 'MIT', 'MIT'], 'files are licensed as exports are');
    const inputs = inputsOf<CompressNetworkInput>(calls, 'compressNetwork').sort((a, b) => (a.name < b.name ? 1 : -1));
    assert.deepEqual(inputs.map(({ name, candidate, progressTo }) => [name, candidate.name, progressTo]), [['small', 'two', runId], ['few', 'one', runId]]);
    assert.deepEqual(inputs[0]?.plan.recipe, { augment: DEFAULT.augment.document });
    assert.deepEqual([inputs[0]?.teacher, inputs[1]?.teacher && 'network' in inputs[1].teacher && inputs[1].teacher.network.name], [undefined, 'two']);
    assert.deepEqual(result.models.map(({ name, kind, of }) => [name, kind, of]), [
      ['lr', 'logistic-regression', undefined], ['one', 'cnn', undefined], ['two', 'cnn', undefined], ['one-int8', 'onnx', 'one'], ['small', 'onnx', 'two'], ['few', 'onnx', 'one'],
    ]);
    assert.ok(result.models.every(({ latency, testAccuracy }) => latency && testAccuracy > 0));
    assert.deepEqual(Object.keys(result.models[4]?.artifacts ?? {}).filter((role) => role !== 'calibration').sort(), ['compressed', 'model', 'onnx', 'testProba', 'tflite', 'validationProba']);
    assert.equal(result.stages.find(({ name }) => name === 'compress')?.steps, 3);
    assert.deepEqual(progress.models.filter(({ name }) => name === 'small' || name === 'few').map(({ state }) => state), ['done', 'done']);
  });

  it('makes classical models smaller, and has the gate judge all variants once they are timed', async () => {
    const { calls, result, progress } = await suite.ran({
      ...SMALL, features: DEFAULT.features, train: { enabled: true, models: { forest: { ...LR, kind: 'random-forest', params: {} }, one: CNN } },
      compress: { enabled: true, models: ['one'], calibrationImages: 100, classical: { models: ['forest'], mostLost: 0.002 }, gate: { alpha: 0.01 } },
    });
    const [shrunk] = inputsOf<ShrinkClassicalInput>(calls, 'shrinkClassical');
    assert.deepEqual([shrunk?.candidate.name, shrunk?.mostLost, shrunk?.features !== undefined], ['forest', 0.002, true]);
    assert.deepEqual(result.models.map(({ name, kind, of, gate }) => [name, kind, of, gate?.chosen]), [
      ['forest', 'random-forest', undefined, undefined], ['one', 'cnn', undefined, undefined], ['one-int8', 'onnx', 'one', true], ['forest-small', 'random-forest', 'forest', undefined],
    ]);
    const [gate] = inputsOf<GateVariantsInput>(calls, 'gateVariants');
    assert.deepEqual([gate?.gate, gate?.candidates.map(({ name }) => name), gate?.measured.length], [{ alpha: 0.01 }, ['forest', 'one', 'one-int8', 'forest-small'], 1]);
    const order = calls.map(({ activity }) => activity);
    assert.ok(order.lastIndexOf('measure') < order.indexOf('gateVariants') && order.indexOf('gateVariants') < order.indexOf('evaluate'));
    assert.deepEqual(progress.stages.map(({ done, total }) => done - total), progress.stages.map(() => 0));
  });

  it('quantises a network in every form that is asked for', async () => {
    const { calls, result } = await suite.ran({ ...SMALL, compress: { enabled: true, models: [{ model: 'two', forms: ['float16', 'dynamic'] }, 'one'], calibrationImages: 100 } });
    assert.deepEqual(inputsOf<QuantizeInput>(calls, 'quantize').map(({ candidate, form }) => [candidate.name, form]).sort(), [['one', 'int8'], ['two', 'dynamic'], ['two', 'float16']]);
    assert.deepEqual(result.models.filter(({ of }) => of).map(({ name, kind, of }) => [name, kind, of]), [['one-int8', 'onnx', 'one'], ['two-float16', 'onnx', 'two'], ['two-dynamic', 'onnx', 'two']]);
    assert.equal(result.stages.find(({ name }) => name === 'compress')?.steps, 3);
  });

  it('has the .tflite file alone of a step that was done when there was no other', async () => {
    const quantize: StepActivities['quantize'] = async (input) => step('quantize', input, ['tflite', 'validationProba', 'testProba'], { form: 'int8', parameters: 1_000, tfliteBytes: 500, onnxBytes: 0, validationAccuracy: 0.97 });
    const { result } = await suite.ran({ ...SMALL, compress: { enabled: true, models: ['one'], calibrationImages: 100 } }, { quantize });
    const variant = result.models.find(({ of }) => of);
    assert.deepEqual([variant?.kind, Object.keys(variant?.artifacts ?? {}).filter((role) => role !== 'calibration').sort()], ['tflite', ['testProba', 'tflite', 'validationProba']]);
  });

  it('judges nothing in settings that know of no gate', async () => {
    const { calls, result } = await ran({});
    assert.deepEqual([inputsOf(calls, 'gateVariants'), result.models.some(({ gate }) => gate)], [[], false]);
  });

  it('searches a grid in two passes, and has the front of the first as variants', async () => {
    const search = { of: 'one', grid: { keep: [1, 0.5], weights: [32, 8, 4] as const }, budget: 9, epochs: { first: 1, full: 5 } };
    const { calls, result, progress } = await suite.ran({ ...SMALL, augment: { ...DEFAULT.augment, ...off }, compress: { enabled: true, models: [], calibrationImages: 100, search } });
    const inputs = inputsOf<CompressNetworkInput>(calls, 'compressNetwork');
    const names = (epochs: number): string[] => inputs.filter(({ plan }) => plan.epochs === epochs).map(({ name }) => name).sort();
    assert.deepEqual(names(1), ['one-k50', 'one-k50-w4', 'one-k50-w8', 'one-w4', 'one-w8']);
    assert.deepEqual(names(5), ['one-k50', 'one-k50-w4', 'one-w8']); // of fakes, every second is on the front
    assert.deepEqual(result.models.filter(({ of }) => of).map(({ name, kind, of }) => [name, kind, of]), [['one-w8', 'onnx', 'one'], ['one-k50', 'onnx', 'one'], ['one-k50-w4', 'onnx', 'one']]);
    const fronts = inputsOf<SearchFrontInput>(calls, 'searchFront');
    assert.deepEqual(fronts.map(({ first, full }) => [first.length, full.map(({ name }) => name)]), [[5, []], [5, ['one-w8', 'one-k50', 'one-k50-w4']]]);
    assert.deepEqual(fronts[0]?.first[0], { name: 'one-w8', bytes: 400, codedBytes: 300, multiplyAdds: 10_000, validationAccuracy: 0.975 });
    assert.deepEqual(inputsOf<IndexAnalysisInput>(calls, 'indexAnalysis').map(({ steps }) => Object.keys(steps)), [['compression-search']]);
    assert.deepEqual(progress.stages.map(({ done, total }) => done - total), progress.stages.map(() => 0));
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
