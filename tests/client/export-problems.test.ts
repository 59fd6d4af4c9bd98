import { strict as assert } from 'node:assert';
import { exportProblems } from '../../client/export-problems.js';
import type { PipelineConfig } from '../../shared/config.js';
import type { ExportConfig } from '../../shared/exports.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';

const CONFIG = PRESET_CONFIGS.smoke;
const unknown = ({ export: _, ...config }: PipelineConfig): PipelineConfig => config;
const [SMALL = ''] = Object.keys(CONFIG.compress.variants ?? {});
const SETTINGS: ExportConfig = { enabled: true, models: 'all', formats: ['onnx', 'onnx-int8'], calibrationImages: 100, licence: 'MIT' };

describe('settings of the exports that cannot be honoured', () => {
  const problemsOf = (changed: Partial<ExportConfig>, config: PipelineConfig = CONFIG): string[] =>
    exportProblems({ ...config, export: { ...SETTINGS, ...changed } }).map(({ path, message }) => `${path}: ${message}`);
  const pathsOf = (models: string[], config: PipelineConfig): string[] => problemsOf({ models }, config).map((problem) => problem.replace(/:.*/, ''));

  it('are names of what the run does not make', () => {
    const forms = { ...CONFIG, compress: { ...CONFIG.compress, models: [{ model: 'cnn', forms: ['float16'] }] } } as const;
    assert.deepEqual(pathsOf(['cnn-float16', 'cnn-int8'], forms), ['export.models.1']);
    assert.deepEqual(pathsOf(['cnn', 'net', 'ensemble', 'greedy', 'cnn-int8', SMALL, 'net-int8'], CONFIG), ['export.models.1', 'export.models.6']);
    const off = { ...CONFIG, ensemble: { ...CONFIG.ensemble, enabled: false }, compress: { ...CONFIG.compress, enabled: false } };
    assert.deepEqual(pathsOf(['cnn', 'ensemble', 'cnn-int8'], off), ['export.models.1', 'export.models.2']);
    assert.deepEqual(problemsOf({ models: ['net'] }, off), [`export.models.0: got "net", expected what this run makes: a model (${Object.keys(CONFIG.train.models).join(', ')})`]);
  });

  it('are no names of further seeds, but of seeds that there are not', () => {
    const { cnn } = CONFIG.train.models;
    assert.ok(cnn);
    const seeds = { ...CONFIG, train: { ...CONFIG.train, models: { ...CONFIG.train.models, cnn: { ...cnn, seeds: 2 } } } };
    assert.deepEqual(pathsOf(['cnn.1', 'cnn.2', 'cnn.3'], seeds), ['export.models.0', 'export.models.2']);
  });

  it('are ensembles of methods that are not in the settings, and the one that is the headline by its name', () => {
    const ensemble = { ...CONFIG.ensemble, methods: ['greedy', 'soft-vote'], outOfFold: { ...CONFIG.ensemble.outOfFold, methods: ['log-pool'] } } as const;
    const models = ['ensemble', 'greedy', 'soft-vote', 'log-pool', 'log-pool-oof', 'greedy-oof', 'stack-logistic'];
    assert.deepEqual(pathsOf(models, { ...CONFIG, ensemble }), ['export.models.3', 'export.models.5', 'export.models.6']);
    assert.deepEqual(pathsOf(['ensemble', 'greedy', 'log-pool-oof'], { ...CONFIG, ensemble: { ...ensemble, headline: 'log-pool-oof' } }), ['export.models.2']);
    assert.match(problemsOf({ models: ['log-pool'] }, { ...CONFIG, ensemble })[0] ?? '', /an ensemble \(ensemble, greedy, soft-vote, log-pool-oof\), a variant \(.*cnn-int8/);
  });

  it('are more calibration images than training rows, where a format is calibrated', () => {
    const few: PipelineConfig = { ...CONFIG, ingest: { ...CONFIG.ingest, limit: { train: 600, test: 100 } } };
    assert.deepEqual(problemsOf({ calibrationImages: 501 }, few), ['export.calibrationImages: got 501, expected at most the 500 training rows that ingest.limit.train leaves']);
    assert.deepEqual([problemsOf({ calibrationImages: 500 }, few), problemsOf({ calibrationImages: 501, formats: ['onnx', 'c-int8'] }, few)], [[], []]);
  });

  it('are none where the section is off, is not known, or nothing is trained', () => {
    const models = ['net'];
    assert.deepEqual(problemsOf({ models, enabled: false }), []);
    assert.deepEqual(problemsOf({ models }, { ...CONFIG, train: { ...CONFIG.train, enabled: false } }), []);
    assert.deepEqual(exportProblems(unknown(CONFIG)), []);
  });
});
