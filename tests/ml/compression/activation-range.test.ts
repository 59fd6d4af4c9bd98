import assert from 'node:assert/strict';
import { activationRange } from '../../../ml/compression/activation-range.js';
import { ValueHistogram } from '../../../ml/compression/value-histogram.js';
import { createRandom } from '../../../ml/random.js';

function histogramOf(values: Float32Array): ValueHistogram {
  const histogram = new ValueHistogram();
  histogram.add(values);
  return histogram;
}

describe('activationRange', () => {
  it('takes the extremes by min-max, zero included', () => {
    const histogram = histogramOf(Float32Array.of(2, 0.5, 7.25));
    assert.deepEqual(activationRange(histogram, 'min-max'), [0, 7.25]);
  });

  it('leaves a lone outlier outside by percentile and by mean squared error', () => {
    const random = createRandom(4);
    const values = Float32Array.from({ length: 100_000 }, () => Math.max(0, random.normal()));
    values[17] = 20;
    const histogram = histogramOf(values);
    for (const rule of ['percentile', 'mean-squared-error'] as const) {
      const [low, high] = activationRange(histogram, rule);
      assert.equal(low, 0);
      assert.ok(high > 2 && high < (rule === 'percentile' ? 6 : 19.9), `${rule}: ${high}`);
    }
  });

  it('finds quantiles whatever the order in which the range grew', () => {
    const values = Float32Array.from({ length: 10_001 }, (_, i) => i / 100 - 50);
    const [rising, falling] = [histogramOf(values), histogramOf(values.slice().reverse())];
    for (const fraction of [0.01, 0.25, 0.5, 0.99]) {
      assert.equal(rising.quantile(fraction), falling.quantile(fraction));
      assert.ok(Math.abs(rising.quantile(fraction) - (fraction * 100 - 50)) < 0.1);
    }
  });
});
