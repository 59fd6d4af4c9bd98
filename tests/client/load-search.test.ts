import { strict as assert } from 'node:assert';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigProblemsError } from '../../client/config-problem.js';
import { checkSearch, loadSearch } from '../../client/load-search.js';
import { InvalidConfigError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const GOOD: JsonObject = { model: 'xgboost', strategy: 'random', trials: 20, params: { learningRate: { logUniform: [0.05, 0.5] }, maxDepth: { integer: [3, 8] } } };

function problemsOf(document: JsonObject): string[] {
  try {
    checkSearch(document, PRESET_CONFIGS.default, 'a test');
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigProblemsError, String(error));
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
}

describe('a search\'s document', () => {
  const folder = temporaryFolder();

  it('is read from a file and completed; its settings hold the one model and what it reads, and nothing after train', async () => {
    const file = join(folder(), 'space.json');
    await writeFile(file, JSON.stringify({ $schema: './docs/search.schema.json', ...GOOD }));
    const { space, config } = await loadSearch(file, PRESET_CONFIGS.default);
    assert.deepEqual(space, { window: 4, metric: 'validationLogLoss', reduction: 3, maxFailures: 5, seed: PRESET_CONFIGS.default.randomState, ...GOOD });
    assert.deepEqual(config.train.models, { xgboost: PRESET_CONFIGS.default.train.models['xgboost'] });
    assert.deepEqual(config.features, PRESET_CONFIGS.default.features);
    assert.deepEqual(config.ingest, PRESET_CONFIGS.default.ingest);
    const { analyse, ensemble, compress, export: exported, evaluate, report } = config;
    assert.ok([analyse, ensemble, compress, exported, evaluate, report].every((section) => section?.enabled === false));
    assert.ok(JSON.stringify({ space, config }).length < 5_000, 'a document of some length has room beside the settings');
  });

  it('may bring a model of its own, which needs no features when it reads pixels', () => {
    const { space, config } = checkSearch({
      ...GOOD, model: { kind: 'xgboost', input: 'pixels', params: { rounds: 30 } }, medianStopping: {}, resource: { of: 'rows', min: 1_000 },
    }, PRESET_CONFIGS.default, 'a test');
    assert.equal(space.model, 'xgboost');
    assert.deepEqual(space.medianStopping, { grace: 1, minSamples: 3 });
    assert.deepEqual(config.train.models['xgboost'], { kind: 'xgboost', input: 'pixels', params: { rounds: 30 }, device: 'cpu', rows: 'original' });
    assert.equal(config.features.enabled, false);
  });

  it('that is no JSON object, or not there, is refused in one sentence', async () => {
    await assert.rejects(loadSearch(join(folder(), 'nope.json'), PRESET_CONFIGS.default), (error: Error) => error instanceof InvalidConfigError && /nope\.json: there is no such file/.test(error.message));
    const file = join(folder(), 'broken.json');
    await writeFile(file, '{ "model": ');
    await assert.rejects(loadSearch(file, PRESET_CONFIGS.default), /broken\.json: is not JSON .*; expected a JSON object with model, params, strategy and trials/);
  });

  it('of a wrong form is refused with all that is wrong at once, each with its path', () => {
    assert.deepEqual(problemsOf({ model: 'xgboost', stratgy: 'random', trials: 0, params: { a: {}, b: { uniform: [1] }, c: { choice: [1], integer: [1, 2] } }, timeBudget: 'soon', metric: 'testAccuracy' }), [
      'metric: got "testAccuracy", expected one of "validationLogLoss", "validationAccuracy"',
      'params.a: got {}, expected exactly one of choice, uniform, logUniform, integer',
      'params.b.uniform: got [1], expected at least 2 entries',
      'params.c: got {"choice":[1],"integer":[1,2]}, expected exactly one of choice, uniform, logUniform, integer',
      'strategy: missing',
      'stratgy: unknown key, did you mean strategy?  allowed: $schema, model, params, strategy, trials, window, timeBudget, metric, resource, reduction, medianStopping, maxFailures, seed'.replace('  ', ' '),
      'timeBudget: got "soon", expected a time such as 90s, 30m, 2h or 1d',
      'trials: got 0, expected a number >= 1',
    ]);
  });

  it('names a model that is there', () => {
    assert.deepEqual(problemsOf({ ...GOOD, model: 'xgbost' }), [
      'model: got "xgbost", expected a model of the settings (logistic-regression, svm, random-forest, xgboost, knn, cnn, tiny-cnn) (did you mean xgboost?), or one of its own: { "kind": ..., "input": ... }',
    ]);
    assert.match(problemsOf({ ...GOOD, model: { kind: 'xgbost' } }).join('\n'), /model\.input: missing\nmodel\.kind: got "xgbost".*did you mean "xgboost"/);
  });

  it('suggests no value that a run would refuse, at either end of a range or between', () => {
    assert.deepEqual(problemsOf({ ...GOOD, params: {
      learningRate: { uniform: [0, 2] }, maxDepth: { integer: [0, 40] }, maxBin: { uniform: [10, 20] }, maxDeph: { integer: [1, 2] }, subsample: { choice: [0.5, 'all'] },
    } }), [
      'params.learningRate: got 0, expected a number > 0',
      'params.learningRate: got 2, expected a number <= 1',
      'params.maxBin: got 13.81966, expected integer',
      `params.maxDeph: unknown key, did you mean maxDepth? allowed: ${Object.keys({ rounds: 0, maxDepth: 0, learningRate: 0, subsample: 0, colsample: 0, lambda: 0, minChildWeight: 0, maxBin: 0, earlyStoppingRounds: 0, columns: 0, threads: 0, segmentRounds: 0 }).join(', ')}`,
      'params.maxDepth: got 0, expected a number >= 1',
      'params.maxDepth: got 40, expected a number <= 30',
      'params.subsample: got "all", expected number',
    ]);
  });

  it('has ranges with a low and a high end, above 0 where logarithms are drawn', () => {
    assert.deepEqual(problemsOf({ ...GOOD, params: { lambda: { logUniform: [0, 1] }, learningRate: { uniform: [0.5, 0.1], log: true } } }), [
      'params.lambda.logUniform: begins at 0, expected a low end above 0: its logarithm is drawn',
      'params.learningRate.log: goes with integer only; for other numbers there is logUniform',
      'params.learningRate.uniform: got [0.5, 0.1], expected the low end first and a higher one after it',
    ]);
  });

  it('counts a grid, and refuses one that is larger than its trials', () => {
    const grid = { ...GOOD, strategy: 'grid', params: { maxDepth: { integer: [3, 8] }, learningRate: { logUniform: [0.1, 0.5], steps: 4 } } };
    assert.deepEqual(problemsOf({ ...grid, trials: 24 }), []);
    assert.deepEqual(problemsOf({ ...grid, trials: 23 }), ['trials: got 23, but the grid has 24 points (maxDepth 6 x learningRate 4): raise it, take fewer values, or search at random']);
    assert.deepEqual(problemsOf({ ...GOOD, strategy: 'grid' }), ['params.learningRate.steps: missing: how many values of the range a grid takes']);
  });

  it('has a resource where something is stopped early, and something is stopped early where it has a resource', () => {
    const of = (more: JsonObject): string[] => problemsOf({ ...GOOD, strategy: 'asha', ...more });
    assert.deepEqual(of({}), ['resource: is missing, but asha needs one, e.g. { "of": "rows", "min": 1000 }']);
    assert.deepEqual(of({ resource: { of: 'rounds', min: 5, max: 100 } }), []);
    assert.deepEqual(of({ resource: { of: 'rows', min: 50 } }), ['resource.min: got 50, expected at least 100 rows: fewer may lack a digit']);
    assert.deepEqual(of({ resource: { of: 'rounds', min: 5 } }), ['resource.max: missing: how many rounds the best trials get']);
    assert.deepEqual(of({ resource: { of: 'rounds', min: 5, max: 14 } }), ['resource.max: got 14, expected at least 15, min times reduction: there are to be two rungs']);
    assert.deepEqual(of({ resource: { of: 'maxDepth', min: 1, max: 90 } }), [
      'resource.max: got 90, expected a number <= 30', 'resource.of: is maxDepth, which params look for as well: leave it out there',
    ]);
    assert.match(of({ resource: { of: 'round', min: 5, max: 50 } }).join('\n'), /resource\.of: got "round", expected rows or a whole-numbered hyper-parameter of xgboost \(rounds, .*\) \(did you mean rounds\?\)/);
    assert.deepEqual(problemsOf({ ...GOOD, resource: { of: 'rounds', min: 5, max: 100 } }), ['resource: is given, but a random search stops no trial early: add medianStopping, take asha, or leave it out']);
  });

  it('does not grow beyond one payload', () => {
    const choice = Array.from({ length: 100 }, (_, i) => i / 7_919 + 0.000123);
    assert.match(problemsOf({ ...GOOD, params: Object.fromEntries(['learningRate', 'subsample', 'colsample'].map((name) => [name, { choice }])) }).join('\n'), /is \d+ characters long, expected at most \d+: give ranges/);
  });
});
