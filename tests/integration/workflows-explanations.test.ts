import { strict as assert } from 'node:assert';
import type { ModelConfig, PipelineConfig } from '../../shared/config.js';
import type { AnalyseInput, IndexAnalysisInput } from '../../shared/contracts/analysis.js';
import type { ReportInput } from '../../shared/contracts/steps.js';
import type { ExplainConfig } from '../../shared/explanation.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';
import type { Call } from '../support/fake-steps.js';
import { step } from '../support/fake-steps.js';
import type { RanPipeline } from '../support/pipeline-suite.js';
import { inputsOf, pipelineSuite } from '../support/pipeline-suite.js';

const DEFAULT = PRESET_CONFIGS.default;
const { 'logistic-regression': LR, cnn: CNN } = DEFAULT.train.models as Record<string, ModelConfig> & { cnn: ModelConfig; 'logistic-regression': ModelConfig };
const off = { enabled: false };
const SMALL: PipelineConfig = {
  ...DEFAULT, analyse: { ...DEFAULT.analyse, ...off }, augment: { ...DEFAULT.augment, ...off }, compress: { ...DEFAULT.compress, ...off }, ensemble: { ...DEFAULT.ensemble, ...off },
  train: { enabled: true, models: { lr: LR, one: CNN, two: CNN } },
};
const unexplained = ({ explain: _, ...evaluate }: PipelineConfig['evaluate']): PipelineConfig['evaluate'] => evaluate;

describe('the explanations of the pipeline workflow', function () {
  this.timeout(60_000);
  const suite = pipelineSuite();

  const ran = (explain?: ExplainConfig): Promise<RanPipeline> => suite.ran({ ...SMALL, evaluate: { ...unexplained(DEFAULT.evaluate), ...(explain && { explain }) } });

  it('are made of every network once the test labels were read, and reach the report', async () => {
    const { calls, result, progress } = await ran({ enabled: true, models: 'all', images: 7 });
    const made = explained(calls);
    assert.deepEqual(made.map(({ label, params }) => [label, params]), [['explain-one', { network: 'one', images: 7 }], ['explain-two', { network: 'two', images: 7 }]]);
    for (const { params, candidates } of made) {
      assert.deepEqual(Object.entries(candidates ?? {}).map(([role, handles]) => [role, handles.map(({ name }) => name)]), [['model', [params['network']]], ['testProba', [params['network']]]]);
    }
    const order = calls.map(({ activity }) => activity);
    assert.ok(order.lastIndexOf('evaluate') < order.indexOf('analyse') && order.lastIndexOf('analyse') < order.indexOf('indexAnalysis'), order.join(' '));
    const [index] = inputsOf<IndexAnalysisInput>(calls, 'indexAnalysis');
    assert.deepEqual(index?.steps, Object.fromEntries(made.map((input) => [input.label, step('explain-network', input, [], {}).key])));
    assert.deepEqual(inputsOf<ReportInput>(calls, 'report')[0]?.analysis, result.analysis);
    assert.ok(result.analysis);
    const evaluated = progress.stages.find(({ name }) => name === 'evaluate');
    assert.deepEqual([evaluated?.done, evaluated?.state], [evaluated?.total, 'done']);
  });

  it('are made of the networks that are named, of no other model', async () => {
    const { calls } = await ran({ enabled: true, models: ['two', 'lr'], images: 2 });
    assert.deepEqual(explained(calls).map(({ label }) => label), ['explain-two']);
  });

  it('are left out where they are off, and in settings that do not know of them', async () => {
    for (const explain of [{ enabled: false, models: 'all', images: 3 } as const, undefined]) {
      const { calls, result, progress } = await ran(explain);
      assert.deepEqual([explained(calls), inputsOf(calls, 'indexAnalysis'), result.analysis], [[], [], undefined]);
      assert.deepEqual(progress.stages.map(({ done, total }) => done - total), progress.stages.map(() => 0));
    }
  });
});

function explained(calls: readonly Call[]): AnalyseInput[] {
  return inputsOf<AnalyseInput>(calls, 'analyse').filter((input) => input.step === 'explain-network').sort((a, b) => (a.label < b.label ? -1 : 1));
}
