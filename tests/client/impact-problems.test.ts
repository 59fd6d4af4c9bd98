import { strict as assert } from 'node:assert';
import { crossProblems } from '../../client/cross-problems.js';
import { mergeConfig } from '../../client/merge-config.js';
import { schemaProblems } from '../../client/schema-problems.js';
import type { PipelineConfig } from '../../shared/config.js';
import type { JsonObject } from '../../shared/json.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';

describe('the settings of augment.impact', () => {
  const problemsOf = (impact: JsonObject, more: JsonObject = {}): string[] => {
    const config = mergeConfig(PRESET_CONFIGS.smoke as unknown as JsonObject, { augment: { impact, ...more } });
    return [...schemaProblems(config), ...crossProblems(config as unknown as PipelineConfig)].map(({ path, message }) => `${path}: ${message}`);
  };

  it('are on in full, off elsewhere, and may be switched on', () => {
    assert.deepEqual(Object.entries(PRESET_CONFIGS).map(([name, { augment }]) => [name, augment.impact?.enabled]), [['smoke', false], ['default', false], ['full', true]]);
    assert.deepEqual(problemsOf({ enabled: true, kinds: ['noise'], copies: 0, seeds: 2, model: { params: { epochs: 1, hidden: 32 } } }), []);
  });

  it('are refused for a kind that augments nothing, and where the model has its own way to augment', () => {
    assert.match(problemsOf({ enabled: true, model: { kind: 'knn', params: {} } }).join('; '), /augment\.impact\.model/);
    assert.deepEqual(problemsOf({ enabled: true, model: { params: { augment: 'shift' } } }), ['augment.impact.model.params.augment: is what augment.impact varies: leave it out']);
    assert.deepEqual(problemsOf({ enabled: true, model: { params: { augment: 'shift' } } }, { enabled: false }), []);
  });

  it('are refused where expanded rows are to be compared with longer trainings and nobody says how long', () => {
    const problemsWithout = (copies: number): string[] => {
      const { augment, ...config } = PRESET_CONFIGS.smoke;
      const impact = { ...(augment.impact ?? assert.fail()), enabled: true, copies, model: { kind: 'cnn', params: {}, device: 'cpu' } } as const;
      return crossProblems({ ...config, augment: { ...augment, impact } }).map(({ path, message }) => `${path}: ${message}`);
    };
    assert.deepEqual(problemsWithout(5), ['augment.impact.model.params.epochs: is not set, but expanded rows are compared with 6 times the epochs: set it, or augment.impact.copies to 0']);
    assert.deepEqual(problemsWithout(0), []);
  });

  it('know the kinds of augmentation and the options of the model, and need two seeds', () => {
    assert.match(problemsOf({ enabled: true, kinds: ['rotate'] }).join('; '), /augment\.impact\.kinds\.0/);
    assert.match(problemsOf({ enabled: true, model: { params: { epoch: 3 } } }).join('; '), /augment\.impact\.model\.params\.epoch/);
    assert.match(problemsOf({ enabled: true, seeds: 1 }).join('; '), /augment\.impact\.seeds/);
  });
});
