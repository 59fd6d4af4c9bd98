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
  const none = (name: string, i: number): string => `export.models.${i}: got "${name}", expected a model (${Object.keys(CONFIG.train.models).join(', ')}), an ensemble or a variant of this run`;

  it('are names of what the run does not make', () => {
    const forms = { ...CONFIG, compress: { ...CONFIG.compress, models: [{ model: 'cnn', forms: ['float16'] }] } } as const;
    assert.deepEqual(problemsOf({ models: ['cnn-float16', 'cnn-int8'] }, forms), [none('cnn-int8', 1)]);
    assert.deepEqual(problemsOf({ models: ['cnn', 'net', 'ensemble', 'greedy', 'cnn-int8', SMALL, 'net-int8'] }), [none('net', 1), none('net-int8', 6)]);
    const off = { ...CONFIG, ensemble: { ...CONFIG.ensemble, enabled: false }, compress: { ...CONFIG.compress, enabled: false } };
    assert.deepEqual(problemsOf({ models: ['cnn', 'ensemble', 'cnn-int8'] }, off), [none('ensemble', 1), none('cnn-int8', 2)]);
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
