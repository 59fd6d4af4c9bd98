import { strict as assert } from 'node:assert';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigProblemsError } from '../../client/config-problem.js';
import type { ConfigSources } from '../../client/load-config.js';
import { loadConfig } from '../../client/load-config.js';
import { PRESETS } from '../../shared/config.js';
import { InvalidConfigError } from '../../shared/errors.js';
import { MODEL_NAMES } from '../../shared/model-names.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';

/** What the presets' models read. */
const ALL = 'hog, lbp, hu, statistical, gradient, texture, morphological, fourier, wavelet, zernike, additional';
/** The default preset's models on features, and what they read. */
const READ = [['logistic-regression', ALL], ['svm', 'additional'], ['random-forest', ALL], ['xgboost', ALL], ['knn', ALL]] as const;

describe('settings', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'digitloom-config-'));
  });
  after(() => rm(folder, { recursive: true }));

  const fileWith = async (content: unknown): Promise<string> => {
    const file = join(folder, `${Math.random()}.json`);
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };
  const problemsOf = async (sources: ConfigSources): Promise<string[]> => {
    const error = await loadConfig(sources).then(() => undefined, (reason: unknown) => reason);
    assert.ok(error instanceof ConfigProblemsError, `expected problems, got ${String(error)}`);
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  };

  for (const preset of PRESETS) {
    it(`of the preset ${preset} have no problem`, async () => {
      assert.deepEqual(await loadConfig({ preset }), PRESET_CONFIGS[preset]);
    });
  }

  it('are the preset\'s where the file says nothing', async () => {
    const file = await fileWith({ $schema: 'x', preset: 'smoke', train: { models: { xgboost: { params: { maxDepth: 3 } } } } });
    const config = await loadConfig({ file });
    const preset = PRESET_CONFIGS.smoke.train.models['xgboost'];
    assert.deepEqual(config.train.models['xgboost'], { ...preset, params: { ...preset?.params, maxDepth: 3 } });
    assert.deepEqual({ ...config, train: undefined }, { ...PRESET_CONFIGS.smoke, train: undefined });
  });

  it('on the command line win over the file', async () => {
    const file = await fileWith({ preset: 'smoke', randomState: 7, ensemble: { params: { 'log-pool': { C: 3 } } } });
    const config = await loadConfig({ file, preset: 'default', set: ['randomState=8', 'train.models.cnn.params.filters=[[8],[16]]'] });
    assert.equal(config.preset, 'default');
    assert.equal(config.randomState, 8);
    assert.deepEqual(config.ensemble.params, { 'log-pool': { C: 3 } });
    assert.deepEqual(config.train.models['cnn']?.params, { filters: [[8], [16]] });
  });

  it('take a model out and add one', async () => {
    const forest = { kind: 'xgboost', input: ['zernike'], params: { rounds: 5 } };
    const file = await fileWith({ train: { models: { cnn: { device: 'gpu' }, 'logistic-regression': null, small: forest } } });
    const { models } = (await loadConfig({ file, set: ['train.models.cnn.params.epochs=3'] })).train;
    assert.deepEqual(Object.keys(models), ['svm', 'random-forest', 'xgboost', 'knn', 'cnn', 'tiny-cnn', 'small']);
    assert.deepEqual(models['small'], { ...forest, device: 'cpu', rows: 'original' });
    assert.deepEqual(models['cnn'], { kind: 'cnn', input: 'pixels', params: { epochs: 3 }, device: 'gpu', rows: 'original' });
  });

  it('of chosen sections switch the others off', async () => {
    const config = await loadConfig({ sections: ['ingest', 'features', 'train'] });
    assert.deepEqual([config.train.enabled, config.ensemble.enabled, config.report.enabled], [true, false, false]);
  });

  const BAD: readonly (readonly [title: string, content: object, problems: readonly string[]])[] = [
    ['an unknown key gets the nearest name', { randomstate: 3 }, [
      'randomstate: unknown key, did you mean randomState? allowed: preset, randomState, ingest, analyse, augment, features, train, ensemble, compress, export, evaluate, report',
    ]],
    ['an unknown hyper-parameter gets the nearest name', { train: { models: { 'logistic-regression': { params: { tolerence: 1 } } } } }, [
      'train.models.logistic-regression.params.tolerence: unknown key, did you mean tolerance? allowed: C, tolerance, maxIterations, patience',
    ]],
    ['wrong types', { randomState: '7', ingest: 5, report: { enabled: 'yes' } }, [
      'ingest: got 5, expected object', 'randomState: got "7", expected integer', 'report.enabled: got "yes", expected boolean',
    ]],
    ['impossible values', { randomState: -1, ensemble: { params: { 'log-pool': { C: 0 } } }, ingest: { shardSize: 0 }, train: { models: { cnn: { params: { dropout: 1 } } } } }, [
      'ensemble.params.log-pool.C: got 0, expected a number > 0',
      'ingest.shardSize: got 0, expected a number >= 1',
      'randomState: got -1, expected a number >= 0',
      'train.models.cnn.params.dropout: got 1, expected a number < 1',
    ]],
    ['names that are none', { preset: 'defualt', features: { families: ['hogg', 'zoning'] }, train: { models: { cnn: { kind: 'cn' }, xgboost: { input: 'pixel' } } } }, [
      'features.families.0: got "hogg", expected one of "hog", "lbp", "hu", "statistical", "gradient", "texture", "morphological", "fourier", "wavelet", "zernike", "additional", "zoning" (did you mean "hog"?)',
      'preset: got "defualt", expected one of "smoke", "default", "full" (did you mean "default"?)',
      `train.models.cnn.kind: got "cn", expected one of ${MODEL_NAMES.map((name) => `"${name}"`).join(', ')} (did you mean "cnn"?)`,
      'train.models.xgboost.input: got "pixel", expected "pixels" or a list of feature families',
    ]],
    ['a model\'s name that is none', { train: { models: { 'My Net': { kind: 'cnn', input: 'pixels' } } } }, [
      'train.models.My Net: "My Net" is no name: expected lower-case letters, digits and hyphens, a letter first, 40 at most',
    ]],
    ['sections that cannot do without one that is off', { train: { enabled: false } }, [
      'train.enabled: is off, but ensemble needs train: switch train on or ensemble off',
      'train.enabled: is off, but compress needs train: switch train on or compress off',
      'train.enabled: is off, but export needs train: switch train on or export off',
      'train.enabled: is off, but evaluate needs train: switch train on or evaluate off',
    ]],
    ['features that are off or not extracted', { features: { families: ['zoning'] }, compress: { models: ['xgboost'] } }, [
      ...READ.map(([name, families]) => `train.models.${name}.input: reads ${families}, which features.families does not extract: it has zoning`),
      'compress.models.0: got "xgboost", expected a network of this run: cnn, tiny-cnn',
    ]],
    ['a stack of one', { train: { models: { 'logistic-regression': null, svm: null, 'random-forest': null, xgboost: null, knn: null, 'tiny-cnn': null } } }, [
      'ensemble.enabled: is on, but there is 1 model: an ensemble needs at least 2, or one with several seeds',
    ]],
    ['counts that the limits do not leave', { ingest: { limit: { train: 120, test: 30 } } }, [
      'compress.calibrationImages: got 200, expected at most the 100 training rows that ingest.limit.train leaves',
      'evaluate.latencyImages: got 500, expected at most the 30 images of the first test shard',
    ]],
    ['a model of another kind that says too little', { train: { models: { xgboost: { kind: 'cnn' } } } }, ['train.models.xgboost.input: missing']],
    ['a taken name and a cnn on features', { train: { models: { ensemble: { kind: 'cnn', input: ['hog'] } } } }, [
      'train.models.ensemble: this name is taken: the best ensemble is reported as ensemble, others by their methods, variants as <model>-int8 and <model>-small',
      'train.models.ensemble.input: got ["hog"], expected "pixels": a network sees images',
    ]],
  ];
  for (const [title, content, expected] of BAD) {
    it(`are refused for ${title}, all problems at once`, async () => {
      assert.deepEqual(await problemsOf({ file: await fileWith(content) }), expected);
    });
  }

  it('are refused for a section that does not exist, and for one whose needs are left out', async () => {
    assert.deepEqual(await problemsOf({ sections: ['ingest', 'tarin'] }), [
      '--sections: got "tarin", expected some of ingest, analyse, augment, features, train, ensemble, compress, export, evaluate, report (did you mean train?)',
    ]);
    assert.deepEqual(await problemsOf({ sections: ['ingest', 'train'] }), [
      ...READ.map(([name, families]) => `features.enabled: is off, but model ${name} reads ${families}`),
    ]);
  });

  it('name the file that cannot be read or is no JSON object', async () => {
    await assert.rejects(loadConfig({ file: join(folder, 'none.json') }), (error: Error) => error instanceof InvalidConfigError && /none\.json: there is no such file/.test(error.message));
    await assert.rejects(loadConfig({ file: await fileWith('{"a": ') }), /is not JSON/);
    await assert.rejects(loadConfig({ file: await fileWith([]) }), /got \[\]; expected a JSON object/);
    await assert.rejects(loadConfig({ set: ['randomState'] }), /expected <path>=<value>/);
  });
});
