import { strict as assert } from 'node:assert';
import { createRandom } from '../../../ml/random.js';
import { AshaPolicy } from '../../../workflows/search/asha-policy.js';
import type { Job } from '../../../workflows/search/search-plan.js';
import { suggestions } from '../../../workflows/search/suggestions.js';
import { playPlan, told } from '../../support/play-plan.js';
import { searchSpace } from '../../support/search-space.js';

const ASHA = searchSpace({ strategy: 'asha', trials: 9, window: 1, resource: { of: 'rounds', min: 1, max: 9 } });
/** Trial 4 is the best, then 7, then the others in their order. */
const ranked = ({ trial, rung }: Job): number => ([4, 7].includes(trial) ? [4, 7].indexOf(trial) : 10 + trial) / (rung + 1);

describe('the plan of an ASHA search', () => {
  it('promotes the best third of each rung as soon as there is one, before it begins a new trial', () => {
    const { jobs } = playPlan(ASHA, ranked);
    assert.deepEqual(jobs.map(told), [
      '0@0 new', '1@0 new', '2@0 new', '0@1 promoted',
      '3@0 new', '4@0 new', '4@1 promoted', '5@0 new', '6@0 new', '7@0 new', '7@1 promoted', '4@2 promoted', '8@0 new',
    ]);
  });

  it('takes the highest rung first where two have somebody to promote, the best of a rung first', () => {
    const policy = new AshaPolicy(suggestions(searchSpace({ trials: 20 })), 3, 3);
    const apply = (rung: number, ...trials: readonly number[]): void => trials.forEach((trial) => void policy.apply(rung, { trial, loss: 1 / (trial + 1) }));
    const next = (): string => {
      const { trial, rung } = policy.next() ?? assert.fail('nothing is next');
      return `${trial}@${rung}`;
    };
    for (let trial = 0; trial < 12; trial++) next();
    apply(0, 0, 1, 2, 3, 4, 5, 6, 7, 8);
    assert.deepEqual([next(), next(), next(), next()], ['8@1', '7@1', '6@1', '12@0']);
    apply(1, 7, 6, 8);
    apply(0, 9, 10, 11);
    assert.deepEqual([next(), next(), next(), next(), next()], ['8@2', '11@1', '10@1', '9@1', '13@0']);
  });

  it('never promotes a failed trial, nor one that the median rule ended', () => {
    const failed = playPlan(ASHA, (job) => (job.trial === 4 ? Infinity : ranked(job)));
    assert.ok(!failed.jobs.some(({ trial, rung }) => trial === 4 && rung > 0));
    const all = playPlan(ASHA, () => Infinity);
    assert.deepEqual([all.jobs.length, all.jobs.some(({ rung }) => rung > 0)], [9, false]);
    // With grace 0, at rung 1: the one whose best is worse than the others' means.
    const stopping = { ...ASHA, trials: 27, medianStopping: { grace: 1, minSamples: 2 } };
    const { applied } = playPlan(stopping, ({ trial, rung }) => (rung === 0 ? trial : 100 + trial));
    assert.ok(applied.every(({ stopped, job }) => !stopped || job.rung >= 1));
  });

  it('is a function of the results: whatever the fits\' speed, the same fits are started in the same order', () => {
    const space = searchSpace({ strategy: 'asha', trials: 60, window: 4, resource: { of: 'rounds', min: 1, max: 27 }, medianStopping: { grace: 1, minSamples: 3 } });
    const loss = ({ trial, rung }: Job): number => Math.abs(Math.sin(37 * trial)) / (1 + rung);
    const straight = playPlan(space, loss, ({ rung }) => 3 ** rung);
    for (let seed = 0; seed < 20; seed++) {
      const random = createRandom(seed);
      const wild = playPlan(space, loss, ({ rung }) => 3 ** rung * (0.05 + 3 * random.uniform() ** 3));
      assert.deepEqual(wild.jobs, straight.jobs);
      assert.deepEqual(wild.applied, straight.applied);
    }
  });

  it('keeps its workers busy when its window is twice their number and fits take about as long as their resource says', () => {
    const space = searchSpace({ strategy: 'asha', trials: 200, window: 8, resource: { of: 'rounds', min: 1, max: 27 } });
    const loss = ({ trial }: Job): number => Math.abs(Math.sin(37 * trial));
    const random = createRandom(3);
    const { busy, endsAt } = playPlan(space, loss, ({ rung }) => 3 ** rung * Math.exp(0.3 * random.normal()), 4);
    assert.ok(busy / (4 * endsAt) > 0.85, `busy ${busy / (4 * endsAt)}`);
  });
});

describe('the plan of a random search or a grid', () => {
  it('runs every trial once where there are no rungs, in whatever order results arrive', () => {
    const { jobs, busy, endsAt } = playPlan(searchSpace({ trials: 40, window: 4 }), () => 1, ({ job }) => (job % 7 === 0 ? 20 : 1));
    assert.deepEqual(jobs.map(({ trial }) => trial), Array.from({ length: 40 }, (_, trial) => trial));
    assert.ok(endsAt < busy / 2, 'a slow fit holds up the others');
  });

  it('lets trials climb to the top unless the median rule ends them, and the climbers go first', () => {
    const space = searchSpace({ trials: 6, window: 1, resource: { of: 'rounds', min: 1, max: 9 }, medianStopping: { grace: 0, minSamples: 2 } });
    const { jobs, applied } = playPlan(space, ({ trial, rung }) => (trial === 3 ? 9 : 1) / (rung + 1));
    assert.deepEqual(jobs.slice(0, 4).map(told), ['0@0 new', '0@1 continued', '0@2 continued', '1@0 new']);
    assert.deepEqual(applied.filter(({ stopped }) => stopped).map(({ job }) => told(job)), ['3@0 new']);
    assert.equal(jobs.length, 6 * 3 - 2);
  });

  it('ends a trial that fails', () => {
    const space = searchSpace({ trials: 4, window: 2, resource: { of: 'rounds', min: 1, max: 9 }, medianStopping: { grace: 3, minSamples: 2 } });
    const { jobs } = playPlan(space, ({ trial, rung }) => (trial === 1 && rung === 1 ? Infinity : 1));
    assert.deepEqual(jobs.filter(({ trial }) => trial === 1).map(({ rung }) => rung), [0, 1]);
  });
});
