import { strict as assert } from 'node:assert';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { presetOfSearch } from '../../cli/search/preset-of-search.js';
import { searchLine, trialTable } from '../../cli/search/search-table.js';
import { tellSearch } from '../../cli/search/watch-search.js';
import { loadConfig } from '../../client/load-config.js';
import { checkSearch } from '../../client/load-search.js';
import type { SearchSnapshot } from '../../client/searches.js';
import { NotFoundError } from '../../shared/errors.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';
import type { SearchProgress } from '../../shared/search.js';
import { trialModel } from '../../shared/trial-model.js';
import { ASHA } from '../support/search-runs.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const PROGRESS: SearchProgress = {
  searchId: 'search-1', state: 'running', model: 'xgboost', strategy: 'asha', metric: 'validationLogLoss', planned: 30,
  counts: { trials: 3, fits: 3, running: 1, failed: 1, stopped: 0, cached: 2 }, rungs: [{ resource: 3, fits: 2 }, { resource: 9, fits: 1 }],
  top: [
    { trial: 2, params: { maxDepth: 5 }, rung: 1, resource: 9, state: 'waiting', validationLogLoss: 0.07123, validationAccuracy: 0.9791, seconds: 3.25 },
    { trial: 3, params: { maxDepth: 4 }, rung: 0, resource: 3, state: 'running' },
    { trial: 1, params: { maxDepth: 9 }, rung: 0, resource: 3, state: 'failed', note: 'the loss is NaN' },
  ],
  seconds: 61, timeBudget: '30m', stages: [],
};

describe('a search on the command line', () => {
  const folder = temporaryFolder();

  it('is one line on the whole and a table of its trials', () => {
    assert.equal(searchLine(PROGRESS), 'asha search of xgboost: 3/30 trials, 3 fits (2 from the store), 1 running, 1 failed, best 0.0712 by trial 2, 1m 1.0s of at most 30m');
    const rows = stripVTControlCharacters(trialTable(PROGRESS.top)).split('\n').map((row) => row.split('│').map((cell) => cell.trim()).filter(Boolean).join(' | '));
    assert.ok(rows.includes('2 | waiting | 9 | 0.0712 | 97.91 % | 3.3 | maxDepth 5'), rows.join('\n'));
    assert.ok(rows.includes('1 | failed | 3 | the loss is NaN'), rows.join('\n'));
    assert.equal(stripVTControlCharacters(trialTable(PROGRESS.top, 1)).split('\n').filter((row) => /maxDepth/.test(row)).length, 1);
  });

  it('says which data is prepared before there are trials', () => {
    assert.equal(searchLine({ ...PROGRESS, top: [], stages: [{ name: 'features', state: 'running', done: 2, total: 8, cached: 1, seconds: 3 }] }), 'asha search of xgboost: features 2/8 (1 cached)');
  });

  it('tells without a terminal what has changed, and nothing twice', async () => {
    const looks = [PROGRESS, PROGRESS, { ...PROGRESS, counts: { ...PROGRESS.counts, fits: 4 } }, { ...PROGRESS, state: 'finished' as const }];
    async function* snapshots(): AsyncGenerator<SearchSnapshot> {
      for (const progress of looks) yield await Promise.resolve({ searchId: 'search-1', state: 'running', progress });
    }
    const lines: string[] = [];
    await tellSearch(snapshots(), (line) => lines.push(line), () => 0);
    assert.deepEqual(lines.map((line) => /(\d) fits/.exec(line)?.[1]), ['3', '4', '3']);
    assert.match(lines[2] ?? '', /, finished$/);
  });

  it('becomes settings that a run takes, with the values, the resource and where they come from', async () => {
    const { space, config } = checkSearch(ASHA, PRESET_CONFIGS.smoke, 'a test');
    const params = { learningRate: 0.2, maxDepth: 5 };
    const digest = 'ab'.repeat(32);
    const best = { trial: 4, rung: 2, resource: 27, params, model: trialModel(space, config, params, 27) };
    const file = join(folder(), 'found.json');
    await writeFile(file, JSON.stringify(presetOfSearch({ searchId: 'search-1', digest, config, space, best })));
    const run = await loadConfig({ file });
    assert.equal(run.preset, 'smoke');
    const before = PRESET_CONFIGS.smoke.train.models['xgboost'];
    assert.deepEqual(run.train.models['xgboost'], { ...before, params: { ...before?.params, ...params, rounds: 27 }, origin: { search: 'search-1', digest } });
    assert.deepEqual({ ...run, train: {} }, { ...PRESET_CONFIGS.smoke, train: {} });
    assert.throws(() => presetOfSearch({ searchId: 'search-1', digest, config, space }), NotFoundError);
  });
});
