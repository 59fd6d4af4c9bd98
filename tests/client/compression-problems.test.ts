import { strict as assert } from 'node:assert';
import { crossProblems } from '../../client/cross-problems.js';
import { mergeConfig } from '../../client/merge-config.js';
import { schemaProblems } from '../../client/schema-problems.js';
import type { PipelineConfig } from '../../shared/config.js';
import type { JsonObject } from '../../shared/json.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';

describe('the settings of compress', () => {
  const problemsOf = (compress: JsonObject, more: JsonObject = {}): string[] => {
    const config = mergeConfig(PRESET_CONFIGS.default as unknown as JsonObject, { compress, ...more });
    const problems = schemaProblems(config);
    return [...problems, ...(problems.length > 0 ? [] : crossProblems(config as unknown as PipelineConfig))].map(({ path, message }) => `${path}: ${message}`);
  };
  const ofVariant = (variant: JsonObject, more: JsonObject = {}): string[] => problemsOf({ variants: { mine: { of: 'tiny-cnn', epochs: 1, prune: { sparsity: 0.5 }, ...variant } } }, more);

  it('take every word of a plan', () => {
    assert.deepEqual(ofVariant({
      channels: { keep: 0.5, layers: { conv1: 0.7 }, score: 'gamma', epochs: 2 }, prune: { sparsity: 0.8, scope: 'global', until: 0.3, keep: ['conv1'], epochs: 1 }, cluster: { clusters: 16, epochs: 1 },
      quantize: { weights: 'ternary', layers: { conv1: 8 }, activations: 8, epochs: 3 }, distil: { teacher: 'cnn', temperature: 2, share: 0.7 }, dropout: 0.1, recipe: { learningRate: 0.002, augment: 'section', batchSize: 64 },
    }), []);
  });

  it('tell all that no plan may say, at once', () => {
    const told = ofVariant({ epochs: 0, channels: { keep: 1.5 }, prune: { sparsity: 1, scop: 'lamp' }, cluster: {}, quantize: { weights: 5, activations: 4 }, distil: { teacher: 3, temperature: 0.5 }, recipe: { epochs: 3, engine: 'eager' } });
    const path = (name: string): string => `compress.variants.mine.${name}: `;
    assert.deepEqual(told.map((problem) => problem.slice(0, problem.indexOf(': ') + 2)), [
      'channels.keep', 'cluster.clusters', 'distil.teacher', 'distil.temperature', 'epochs', 'prune.scop', 'prune.sparsity', 'quantize.activations', 'quantize.weights', 'recipe.engine', 'recipe.epochs',
    ].map(path));
  });

  it('refuse variants of what is no network, under names that are taken, and of nothing', () => {
    assert.deepEqual(ofVariant({ of: 'xgboost' }), ['compress.variants.mine.of: got "xgboost", expected a network of this run: cnn, tiny-cnn']);
    assert.deepEqual(ofVariant({ of: 'net' }), ['compress.variants.mine.of: got "net", expected a network of this run: cnn, tiny-cnn']);
    for (const name of ['cnn', 'ensemble', 'greedy', 'any-int8', 'any-small']) {
      assert.deepEqual(problemsOf({ variants: { [name]: { of: 'cnn', epochs: 1, prune: { sparsity: 0.5 } } } }), [`compress.variants.${name}: this name is taken: by a model, an ensemble, or a variant that is not trained (<model>-int8, <model>-small)`]);
    }
    assert.match(ofVariant({ settle: { epochs: 1 } }).join(), /^compress\.variants\.mine\.settle: goes with quantize/);
    assert.deepEqual(ofVariant({ settle: { epochs: 1, learningRate: 0.001 }, quantize: { weights: 4 } }), []);
    assert.deepEqual(problemsOf({ variants: { mine: { of: 'cnn', epochs: 1 } } }), ['compress.variants.mine: asks for nothing: give channels, prune, cluster or quantize']);
  });

  it('quantise networks alone, in forms that there are, each under a name that is free', () => {
    assert.deepEqual(problemsOf({ models: ['tiny-cnn', { model: 'cnn', forms: ['int8', 'dynamic', 'float16'] }] }), []);
    const none = (got: string): string => `got "${got}", expected a network of this run: cnn, tiny-cnn`;
    assert.deepEqual(problemsOf({ models: ['knn', { model: 'net', forms: ['int8'] }] }), [`compress.models.0: ${none('knn')}`, `compress.models.1.model: ${none('net')}`]);
    assert.match(problemsOf({ models: [{ model: 'cnn', forms: ['int4'] }] }).join(), /^compress\.models\.0/);
    assert.match(problemsOf({ models: [{ model: 'cnn', forms: [] }] }).join(), /^compress\.models\.0/);
    const taken = (name: string): string => `makes a variant "${name}", whose name is taken: name each network once, and rename what else has it`;
    assert.deepEqual(problemsOf({ models: ['cnn', { model: 'cnn', forms: ['int8', 'float16'] }] }), [`compress.models.1.model: ${taken('cnn-int8')}`]);
    assert.deepEqual(problemsOf({ models: [{ model: 'cnn', forms: ['dynamic'] }], variants: { 'cnn-dynamic': { of: 'cnn', epochs: 1, prune: { sparsity: 0.5 } } } }), [`compress.models.0.model: ${taken('cnn-dynamic')}`]);
  });

  it('let a classical model or the ensemble teach only where their folds are known', () => {
    const distil = (teacher: string): JsonObject => ({ distil: { teacher } });
    const folds = { ensemble: { outOfFold: { methods: ['log-pool'], models: ['svm', 'cnn'], folds: 2 } } };
    assert.deepEqual(ofVariant(distil('net')), ['compress.variants.mine.distil.teacher: got "net", expected a name in train.models (logistic-regression, svm, random-forest, xgboost, knn, cnn, tiny-cnn), or "ensemble"']);
    assert.match(ofVariant(distil('svm')).join(), /^compress\.variants\.mine\.distil\.teacher: got "svm", which is no network: it can teach by what its folds say/);
    assert.match(ofVariant(distil('ensemble')).join(), /no model is folded/);
    for (const teacher of ['svm', 'ensemble', 'cnn']) assert.deepEqual(ofVariant(distil(teacher), folds), []);
    assert.match(ofVariant(distil('ensemble'), { ensemble: { ...folds.ensemble, enabled: false } }).join(), /no model is folded/);
  });

  it('want something to compress, and the section that augments where a recipe names it', () => {
    assert.match(problemsOf({ models: [] }).join(), /^compress\.models: is empty, but compress is on; .*compress\.variants, or a model in compress\.classical\.models$/);
    assert.deepEqual(problemsOf({ models: [], variants: { mine: { of: 'cnn', epochs: 1, cluster: { clusters: 8 } } } }), []);
    assert.deepEqual(ofVariant({ recipe: { augment: 'section' } }, { augment: { enabled: false } }).map((problem) => problem.split(':')[0]), ['compress.variants.mine.recipe.augment']);
  });

  it('make classical models smaller that can be, and limit a time only where something is timed', () => {
    assert.deepEqual(problemsOf({ classical: { models: ['svm', 'knn', 'net'] } }), ['knn', 'net'].map((name, i) =>
      `compress.classical.models.${i + 1}: got "${name}", expected a model of kind svm, decision-tree, random-forest, extra-trees, bagging, xgboost: svm, random-forest, xgboost`));
    assert.deepEqual(problemsOf({ models: [], classical: { models: ['svm'] }, gate: { alpha: 0.01, mostLost: 0.001, maxBytes: 10_000, maxMilliseconds: 1 } }), []);
    assert.deepEqual(problemsOf({ gate: { maxMilliseconds: 1 } }, { evaluate: { latencyImages: 0 } }), ['compress.gate.maxMilliseconds: is set, but nothing is timed: set evaluate.latencyImages']);
    assert.deepEqual(problemsOf({ gate: { alpha: 2, mostLost: -1, maxBytes: 0 } }).map((problem) => problem.split(':')[0]), ['compress.gate.alpha', 'compress.gate.maxBytes', 'compress.gate.mostLost']);
  });

  it('search a network by a grid that asks for something', () => {
    const search = { of: 'tiny-cnn', grid: { keep: [1, 0.5], sparsity: [0, 0.5], clusters: [0, 16], weights: [32, 8, 4] }, budget: 12, epochs: { first: 1, full: 4 }, distil: { teacher: 'cnn' } };
    assert.deepEqual(problemsOf({ models: [], search }), []);
    assert.deepEqual(problemsOf({ search: { ...search, of: 'svm', distil: { teacher: 'net' } } }).map((problem) => problem.split(':')[0]), ['compress.search.of', 'compress.search.distil.teacher']);
    assert.deepEqual(problemsOf({ search: { ...search, grid: { keep: [1] } } }), ['compress.search.grid: asks for nothing: vary keep, sparsity, clusters or weights']);
    assert.deepEqual(problemsOf({ search, variants: { 'tiny-cnn-w8': { of: 'tiny-cnn', epochs: 1, cluster: { clusters: 8 } } } }), ['compress.search.grid: makes a variant "tiny-cnn-w8", whose name is taken: rename what has it']);
    assert.deepEqual(problemsOf({ search: { of: 'cnn', grid: { keep: [], sparsity: [1], clusters: [1], weights: [5] }, budget: 61, epochs: {} } }).map((problem) => problem.split(':')[0]), [
      'compress.search.budget', 'compress.search.epochs.first', 'compress.search.epochs.full', 'compress.search.grid.clusters.0', 'compress.search.grid.keep', 'compress.search.grid.sparsity.0', 'compress.search.grid.weights.0',
    ]);
  });

  it('lose a variant of the preset where a file says null', () => {
    const merged = mergeConfig(PRESET_CONFIGS.smoke as unknown as JsonObject, { compress: { variants: { 'cnn-half': null } } });
    assert.deepEqual((merged['compress'] as JsonObject)['variants'], {});
  });
});
