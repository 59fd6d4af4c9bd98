import { strict as assert } from 'node:assert';
import { crossProblems } from '../../client/cross-problems.js';
import { mergeConfig } from '../../client/merge-config.js';
import { schemaProblems } from '../../client/schema-problems.js';
import type { PipelineConfig } from '../../shared/config.js';
import type { JsonObject } from '../../shared/json.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';

describe('the settings of seeds', () => {
  const config = (overrides: JsonObject): JsonObject => mergeConfig(PRESET_CONFIGS.smoke as unknown as JsonObject, overrides);
  const problemsOf = (overrides: JsonObject): string[] => [...schemaProblems(config(overrides)), ...crossProblems(config(overrides) as unknown as PipelineConfig)].map(({ path, message }) => `${path}: ${message}`);
  const models = (seeds: Readonly<Record<string, number>>): JsonObject => ({ train: { models: Object.fromEntries(Object.entries(seeds).map(([name, count]) => [name, { seeds: count }])) } });
  const alone = { export: { models: 'all' }, features: { enabled: false }, analyse: { enabled: false }, train: { models: { 'logistic-regression': null, svm: null, 'random-forest': null, xgboost: null, knn: null, cnn: { seeds: 2 } } } };

  it('may ask for several fits of a model, and for two models to be compared', () => {
    assert.deepEqual(problemsOf({ ...models({ cnn: 3, xgboost: 5 }), evaluate: { compare: [['cnn', 'xgboost']] } }), []);
  });

  it('make an ensemble of one model, unless its first seed alone is to take part', () => {
    assert.deepEqual(problemsOf(alone), []);
    assert.deepEqual(problemsOf({ ...alone, ensemble: { seeds: 'first' } }), ['ensemble.enabled: is on, but there is 1 model: an ensemble needs at least 2, or one with several seeds']);
  });

  it('are refused where a compared model has no second seed, or there is none of its name', () => {
    assert.deepEqual(problemsOf({ ...models({ cnn: 2 }), evaluate: { compare: [['cnn', 'knn'], ['net', 'cnn']] } }), [
      'evaluate.compare.0: got "knn", a model with one seed: set train.models.knn.seeds to at least 2',
      'evaluate.compare.1: got "net", expected a name in train.models (logistic-regression, svm, random-forest, xgboost, knn, cnn)',
    ]);
  });

  it('are refused where all fits together are more than a run can hold', () => {
    assert.deepEqual(problemsOf(models({ cnn: 20, xgboost: 20, knn: 2 })), [
      'train.models.xgboost.seeds: makes 45 fits of all models together, which with 4 ensembles and variants is more than 48: give some models fewer seeds',
    ]);
    assert.deepEqual(problemsOf(models({ cnn: 20, xgboost: 20 })), []);
    assert.ok(problemsOf(models({ cnn: 0 })).some((problem) => problem.startsWith('train.models.cnn.seeds')));
  });
});
