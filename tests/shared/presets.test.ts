import assert from 'node:assert/strict';
import { loadConfig } from '../../client/load-config.js';
import { parsePipelineDocument } from '../../ml/augment/pipeline-document.js';
import { PRESETS } from '../../shared/config.js';
import { MODEL_NAMES } from '../../shared/model-names.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';

describe('the presets', () => {
  for (const name of PRESETS) {
    const config = PRESET_CONFIGS[name];

    it(`${name} is accepted as it is`, async () => {
      assert.deepEqual(await loadConfig({ preset: name }), config);
      assert.equal(config.preset, name);
    });

    it(`${name} augments with a pipeline that keeps labels`, () => {
      const { steps, beyondSafeLimits } = parsePipelineDocument(config.augment.document);
      assert.ok(steps.length > 0 && !beyondSafeLimits);
    });

    it(`${name} runs every section`, () => {
      assert.deepEqual(Object.entries(config).filter(([, value]) => typeof value === 'object' && !value.enabled), []);
    });
  }

  it('train every kind of model there is in full', () => {
    const kinds = new Set(Object.values(PRESET_CONFIGS.full.train.models).map(({ kind }) => kind));
    assert.deepEqual(MODEL_NAMES.filter((kind) => !kinds.has(kind)), []);
  });

  it('name models of some of full\'s in smoke and default, and fold those of the original rows', () => {
    const { models } = PRESET_CONFIGS.full.train;
    for (const name of ['smoke', 'default'] as const) assert.ok(Object.keys(PRESET_CONFIGS[name].train.models).every((model) => model in models));
    const { models: folded } = PRESET_CONFIGS.full.ensemble.outOfFold;
    assert.deepEqual(folded, Object.keys(models).filter((model) => models[model]?.rows === 'original' && models[model]?.input !== 'pixels'));
  });

  it('have one random state', () => {
    assert.equal(new Set(PRESETS.map((name) => PRESET_CONFIGS[name].randomState)).size, 1);
  });
});
