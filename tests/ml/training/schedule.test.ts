import assert from 'node:assert/strict';
import { learningRateAt, SCHEDULE_KINDS } from '../../../ml/training/schedule.js';
import type { Schedule } from '../../../ml/training/schedule.js';

const SCHEDULE = { peak: 0.01, warmUp: 0.25 };
const ratesOf = (schedule: Schedule): number[] => Array.from({ length: 100 }, (_, step) => learningRateAt(schedule, step, 100));
const near = (value: number | undefined, expected: number): void => assert.ok(Math.abs((value ?? NaN) - expected) < 1e-12, `${value} against ${expected}`);

describe('the one-cycle schedule', () => {
  const rates = ratesOf(SCHEDULE);

  it('is what a schedule is unless it says otherwise', () => {
    assert.deepEqual(ratesOf({ ...SCHEDULE, kind: 'one-cycle' }), rates);
  });

  it('gives the bits that earlier trainings had', () => {
    const expected = Array.from({ length: 100 }, (_, step) => {
      const done = step / 100;
      if (done < 0.2) return 0.003 * (0.04 + ((1 - 0.04) * done) / 0.2);
      return 0.003 * (0.001 + ((1 - 0.001) * (1 + Math.cos(Math.PI * ((done - 0.2) / (1 - 0.2))))) / 2);
    });
    assert.deepEqual(ratesOf({ peak: 0.003, warmUp: 0.2 }), expected);
  });

  it('starts at a twenty-fifth of its peak and reaches it when the warm-up ends', () => {
    near(rates[0], 0.0004);
    assert.equal(rates.indexOf(Math.max(...rates)), 25);
    near(rates[25], 0.01);
  });

  it('rises before the peak and falls after it, to nearly nothing', () => {
    for (let step = 1; step < 100; step++) {
      const rise = (rates[step] ?? 0) - (rates[step - 1] ?? 0);
      assert.ok(step <= 25 ? rise > 0 : rise < 0, `step ${step} changes the rate by ${rise}`);
    }
    assert.ok((rates[99] ?? 1) < 0.0001 && (rates[99] ?? 0) > 0);
  });
});

describe('every schedule', () => {
  for (const kind of SCHEDULE_KINDS) {
    it(`begins at its peak without a warm-up: ${kind}`, () => {
      assert.equal(learningRateAt({ peak: 0.01, warmUp: 0, kind }, 0, 10), 0.01);
    });

    it(`rises in its warm-up, is at its peak when it ends, and never above it or at nothing: ${kind}`, () => {
      const rates = ratesOf({ ...SCHEDULE, kind });
      for (let step = 1; step < 25; step++) assert.ok((rates[step] ?? 0) > (rates[step - 1] ?? 0), `step ${step}`);
      near(rates[25], 0.01);
      assert.ok(rates.every((rate) => rate > 0 && rate <= 0.01));
    });
  }
});

describe('the other schedules', () => {
  it('rise in equal parts that end at the peak', () => {
    const rates = ratesOf({ ...SCHEDULE, kind: 'constant' });
    rates.slice(0, 25).forEach((rate, step) => near(rate, (0.01 * (step + 1)) / 25));
  });

  it('cosine is at half its peak half-way down', () => {
    near(learningRateAt({ peak: 0.01, warmUp: 0.5, kind: 'cosine' }, 75, 100), 0.005);
  });

  it('exponential falls by one factor every step, to a twentieth of its peak', () => {
    const rates = ratesOf({ peak: 0.01, warmUp: 0, kind: 'exponential' });
    for (let step = 1; step < 100; step++) near((rates[step] ?? 0) / (rates[step - 1] ?? 0), 0.05 ** 0.01);
    near((rates[99] ?? 0) * 0.05 ** 0.01, 0.0005);
  });

  it('constant stays at its peak', () => {
    assert.ok(ratesOf({ ...SCHEDULE, kind: 'constant' }).slice(25).every((rate) => rate === 0.01));
  });
});
