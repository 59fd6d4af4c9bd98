import { strict as assert } from 'node:assert';
import type { SearchProgress, TrialProgress } from '../../../shared/search.js';
import { searchDetails } from '../../../workflows/search/search-details.js';

const TRIAL: TrialProgress = { trial: 7, params: { maxDepth: 5, learningRate: 0.21 }, rung: 1, resource: 9, state: 'waiting', validationLogLoss: 0.07123, validationAccuracy: 0.9791, seconds: 3.25 };
const PROGRESS: SearchProgress = {
  searchId: 'search-1', state: 'running', model: 'xgboost', strategy: 'asha', metric: 'validationLogLoss', planned: 30,
  counts: { trials: 12, fits: 14, running: 2, failed: 1, stopped: 3, cached: 4 }, rungs: [{ resource: 3, fits: 10 }, { resource: 9, fits: 4 }],
  top: [TRIAL], seconds: 61, timeBudget: '30m', stages: [],
};

describe('a search in Temporal\'s UI', () => {
  it('is a line on the whole and a table of its best trials', () => {
    const details = searchDetails(PROGRESS);
    assert.match(details, /^\*\*asha search of xgboost\*\* by validationLogLoss: running, 12 of 30 trials begun, at most 30m\n/);
    assert.match(details, /\n14 fits ended \(4 from the store\), 2 running, 1 failed, 3 trials stopped early\n/);
    assert.match(details, /rungs: 3 \(10 fits\), 9 \(4 fits\)/);
    assert.match(details, /\n\| 7 \| … waiting \| 9 \| 0\.0712 \| 97\.91 % \| 3\.3 \| maxDepth 5, learningRate 0\.21 \|$/);
  });

  it('stays under 20 KB and one line a trial with values and notes of any length', () => {
    const long: TrialProgress = { ...TRIAL, state: 'failed', params: { filters: Array<number[]>(500).fill([1, 2]), text: 'a|b\nc' }, note: '|\n'.repeat(900) };
    const details = searchDetails({ ...PROGRESS, top: Array<TrialProgress>(20).fill(long) });
    assert.ok(new TextEncoder().encode(details).length < 20_000);
    const rows = details.split('\n').filter((line) => line.startsWith('| 7 |'));
    assert.equal(rows.length, 20);
    assert.ok(rows.every((row) => row.split('|').length === 9));
  });
});
