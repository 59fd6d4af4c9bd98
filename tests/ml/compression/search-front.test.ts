import assert from 'node:assert/strict';
import searchFrontStep from '../../../activities/tasks/search-front.task.js';
import { searchFront } from '../../../ml/compression/search-front.js';
import type { CompressionSearch, SearchedPlan } from '../../../shared/compression.js';
import { runStep } from '../../support/run-step.js';

describe('the front of a search', () => {
  const plan = (name: string, bytes: number, codedBytes: number, multiplyAdds: number, validationAccuracy: number): SearchedPlan => ({ name, bytes, codedBytes, multiplyAdds, validationAccuracy });
  const plans = [
    plan('best', 400, 390, 100, 0.99), plan('few bits', 100, 90, 100, 0.98), plan('worse', 400, 390, 100, 0.98),
    plan('pruned', 400, 80, 100, 0.985), plan('narrow', 200, 190, 30, 0.97), plan('small and bad', 50, 45, 30, 0.2),
  ];

  it('keeps what is smallest, coded smallest, quickest or most accurate, and nothing that another one beats', () => {
    assert.deepEqual(searchFront(plans).filter(({ front }) => front).map(({ name }) => name), ['best', 'few bits', 'pruned', 'narrow', 'small and bad']);
  });

  it('is named by its step after the first pass, and after the second by what was trained in full', async () => {
    const params = { of: 'net', epochs: { first: 1, full: 6 }, first: plans };
    const front = async (full: readonly SearchedPlan[]): Promise<unknown> => (await runStep(searchFrontStep, { ...params, full }, {})).summary['front'];
    assert.deepEqual(await front([]), ['best', 'few bits', 'pruned', 'narrow', 'small and bad']);
    assert.deepEqual(await front([plan('best', 400, 390, 100, 0.991), plan('few bits', 100, 90, 100, 0.992)]), ['few bits']);
    const { outputs } = await runStep(searchFrontStep, { ...params, full: [] }, {});
    const found = JSON.parse(new TextDecoder().decode(outputs['search']?.bytes)) as CompressionSearch;
    assert.deepEqual([found.kind, found.of, found.first.map(({ front: of }) => of), found.full], ['compression-search', 'net', [true, true, false, true, true, true], []]);
  });
});
