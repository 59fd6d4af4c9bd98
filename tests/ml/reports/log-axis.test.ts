import assert from 'node:assert/strict';
import { logAxis } from '../../../ml/reports/log-axis.js';

describe('logAxis', () => {
  it('stands its ends at both sides of the frame, with room beside the values', () => {
    const { domain: [low, high], at } = logAxis([1, 100], 50, 450);
    assert.ok(low < 0.9 && high > 110);
    assert.ok(Math.abs(at(low) - 50) < 1e-9 && Math.abs(at(high) - 450) < 1e-9 && Math.abs(at(10) - 250) < 1e-9);
  });

  it('has three to nine round ticks, rising and within its domain, from a hundredth of a decade to twelve of them', () => {
    for (let decades = 0.01; decades < 12; decades *= 1.3) {
      const { domain: [low, high], ticks } = logAxis([0.37, 0.37 * 10 ** decades], 0, 1);
      assert.ok(ticks.length >= 3 && ticks.length <= 9, `${decades} decades: ${ticks.join(' ')}`);
      assert.ok(ticks.every((tick, i) => tick >= low && tick <= high && (i === 0 || tick > (ticks[i - 1] ?? NaN))), ticks.join(' '));
      assert.ok(ticks.every((tick) => String(Number(tick.toPrecision(2))) === String(tick)), ticks.join(' '));
    }
  });

  it('stands a single value in the middle', () => {
    assert.ok(Math.abs(logAxis([5, 5], 0, 100).at(5) - 50) < 1e-9);
  });
});
