import assert from 'node:assert/strict';
import { loadConfig } from '../../client/load-config.js';
import { parsePipelineDocument } from '../../ml/augment/pipeline-document.js';
import { PRESETS } from '../../shared/config.js';
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

  it('have one random state', () => {
    assert.equal(new Set(PRESETS.map((name) => PRESET_CONFIGS[name].randomState)).size, 1);
  });
});
