import assert from 'node:assert/strict';
import { learningRateAt } from '../../../ml/training/schedule.js';

const SCHEDULE = { peak: 0.01, warmUp: 0.25 };
const rates = Array.from({ length: 100 }, (_, step) => learningRateAt(SCHEDULE, step, 100));

describe('one-cycle schedule', () => {
  it('starts at a twenty-fifth of its peak and reaches it when the warm-up ends', () => {
    assert.ok(Math.abs((rates[0] ?? 0) - 0.0004) < 1e-12);
    assert.equal(rates.indexOf(Math.max(...rates)), 25);
    assert.ok(Math.abs((rates[25] ?? 0) - 0.01) < 1e-12);
  });

  it('rises before the peak and falls after it, to nearly nothing', () => {
    for (let step = 1; step < 100; step++) {
      const rise = (rates[step] ?? 0) - (rates[step - 1] ?? 0);
      assert.ok(step <= 25 ? rise > 0 : rise < 0, `step ${step} changes the rate by ${rise}`);
    }
    assert.ok((rates[99] ?? 1) < 0.0001 && (rates[99] ?? 0) > 0);
  });

  it('begins at its peak without a warm-up', () => {
    assert.equal(learningRateAt({ peak: 0.01, warmUp: 0 }, 0, 10), 0.01);
  });
});
