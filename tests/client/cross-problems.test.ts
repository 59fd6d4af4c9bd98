import { strict as assert } from 'node:assert';
import { crossProblems } from '../../client/cross-problems.js';
import { mergeConfig } from '../../client/merge-config.js';
import type { PipelineConfig } from '../../shared/config.js';
import type { JsonObject } from '../../shared/json.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';

describe('settings of the data sections that contradict one another', () => {
  const problemsOf = (overrides: JsonObject): string[] => {
    const config = mergeConfig(PRESET_CONFIGS.default as unknown as JsonObject, overrides) as unknown as PipelineConfig;
    return crossProblems(config).map(({ path, message }) => `${path}: ${message}`);
  };
  const off = { enabled: false };
  const alone = { train: { models: { 'logistic-regression': null, svm: null, 'random-forest': null, xgboost: null, knn: null } }, ensemble: off };

  const CASES: readonly (readonly [title: string, overrides: JsonObject, problems: readonly string[]])[] = [
    ['analyse without ingest', { ingest: off, augment: off, features: off, train: off, ensemble: off, compress: off, export: off, evaluate: off, report: off }, [
      'ingest.enabled: is off, but analyse needs ingest: switch ingest on or analyse off',
    ]],
    ['augment without ingest', { ingest: off, analyse: off, features: off, train: off, ensemble: off, compress: off, export: off, evaluate: off, report: off }, [
      'ingest.enabled: is off, but augment needs ingest: switch ingest on or augment off',
    ]],
    ['a map of what is no network', { analyse: { maps: { mine: { method: 'tsne', of: 'xgboost', images: 100 }, other: { method: 'umap', of: 'cnn', images: 100 } } } }, [
      'analyse.maps.mine.of: got "xgboost", expected "pixels" or a model of kind cnn: cnn',
    ]],
    ['label errors by a model that there is not', { analyse: { labelErrors: { model: 'net' } } }, [
      'analyse.labelErrors.model: got "net", expected a name in train.models (logistic-regression, svm, random-forest, xgboost, knn, cnn, tiny-cnn), or analyse.labelErrors.folds 0',
    ]],
    ['label errors by a model whose features are off', { ...alone, train: { enabled: false }, features: off, compress: off, export: off, evaluate: off, report: off, analyse: { labelErrors: { model: 'xgboost' } } }, [
      'analyse.labelErrors.model: got "xgboost", which reads hog, lbp, hu, statistical, gradient, texture, morphological, fourier, wavelet, zernike, additional, but features is off: name a model of the pixels, or set analyse.labelErrors.folds to 0',
    ]],
    ['ensembles of no method', { ensemble: { methods: [] } }, [
      'ensemble.methods: is empty, but ensemble is on: name a method here or in ensemble.outOfFold.methods, or switch ensemble off',
    ]],
    ['a headline that is none of the ensembles', { ensemble: { methods: ['greedy'], headline: 'soft-vote', outOfFold: { methods: ['log-pool'], models: ['cnn', 'xgboost'] } } }, [
      'ensemble.headline: got "soft-vote", expected "best" or an ensemble of this run: greedy, log-pool-oof',
    ]],
    ['folds of no model, or of one', { ensemble: { outOfFold: { methods: ['greedy'] } } }, [
      'ensemble.outOfFold.models: names no model, but ensemble.outOfFold.methods joins at least 2: name more, or no methods',
    ]],
    ['folds of models that there are not, or that are fitted on augmented rows', { augment: { copies: 1 }, train: { models: { cnn: { rows: 'expanded' } } }, ensemble: { outOfFold: { methods: ['greedy'], models: ['net', 'cnn'] } } }, [
      'ensemble.outOfFold.models.0: got "net", expected a name in train.models (logistic-regression, svm, random-forest, xgboost, knn, cnn, tiny-cnn)',
      'ensemble.outOfFold.models.1: got "cnn", which is fitted on augmented rows: folds are of the original ones, so its probabilities there would not be those of the model',
    ]],
    ['models that are named as ensembles are', { train: { models: { greedy: { kind: 'cnn', input: 'pixels', params: {}, device: 'cpu', rows: 'original' }, 'log-pool-oof': { kind: 'cnn', input: 'pixels', params: {}, device: 'cpu', rows: 'original' } } } }, [
      'train.models.greedy: this name is taken: the best ensemble is reported as ensemble, others by their methods, variants as <model>-int8 and <model>-small',
      'train.models.log-pool-oof: this name is taken: the best ensemble is reported as ensemble, others by their methods, variants as <model>-int8 and <model>-small',
    ]],
    ['explanations of what is no network', { evaluate: { explain: { models: ['cnn', 'xgboost', 'net'] } } }, [
      'evaluate.explain.models.1: got "xgboost", expected a network of this run: cnn, tiny-cnn',
      'evaluate.explain.models.2: got "net", expected a network of this run: cnn, tiny-cnn',
    ]],
    ['expanded rows without copies', { train: { models: { cnn: { rows: 'expanded' } } } }, [
      'train.models.cnn.rows: is "expanded", but no images are made: switch augment on and set augment.copies',
    ]],
    ['expanded rows and the section\'s pipeline without the section', { augment: { enabled: false, copies: 3 }, train: { models: { xgboost: { rows: 'expanded' }, cnn: { params: { augment: 'section' } } } } }, [
      'train.models.xgboost.rows: is "expanded", but no images are made: switch augment on and set augment.copies',
      'train.models.cnn.params.augment: is "section", but augment is off: switch augment on',
    ]],
  ];
  for (const [title, overrides, problems] of CASES) {
    it(`are told: ${title}`, () => assert.deepEqual(problemsOf(overrides), problems));
  }

  const FINE: readonly (readonly [title: string, overrides: JsonObject])[] = [
    ['expanded rows and the section\'s pipeline', { augment: { copies: 1 }, train: { models: { xgboost: { rows: 'expanded' }, cnn: { params: { augment: 'section' } } } } }],
    ['folds without methods, whatever models are named', { ensemble: { outOfFold: { models: ['net'] } } }],
    ['ensembles that are off', { ensemble: { enabled: false, methods: [], headline: 'none' } }],
    ['a headline on out-of-fold rows', { ensemble: { headline: 'greedy-oof', outOfFold: { methods: ['greedy'], models: ['cnn', 'xgboost'] } } }],
    ['no folds, whatever model is named', { analyse: { labelErrors: { model: 'net', folds: 0 } } }],
    ['analyse off, whatever it names', { analyse: { enabled: false, labelErrors: { model: 'net' }, maps: { mine: { method: 'tsne', of: 'net', images: 100 } } } }],
    ['chosen columns without features, which are left out', { ...alone, features: off }],
    ['maps of networks without trainings, which are left out', { train: off, ensemble: off, compress: off, export: off, evaluate: off, report: off, analyse: { maps: { mine: { method: 'tsne', of: 'cnn', images: 100 } } } }],
    ['explanations of all networks, whether there are any', { train: { models: { cnn: null } }, analyse: { labelErrors: { model: 'knn' } }, compress: off }],
    ['explanations that are off, or whose evaluation is', { evaluate: { enabled: false, explain: { models: ['net'] } }, report: off }],
    ['explanations that are off by themselves', { evaluate: { explain: { enabled: false, models: ['net'] } } }],
    ['expanded rows of trainings that are off', { train: { enabled: false, models: { cnn: { rows: 'expanded' } } }, ensemble: off, compress: off, export: off, evaluate: off, report: off }],
  ];
  for (const [title, overrides] of FINE) {
    it(`are not seen in ${title}`, () => assert.deepEqual(problemsOf(overrides), []));
  }
});
