import assert from 'node:assert/strict';
import { createRandom } from '../../../ml/random.js';
import { PAIRS } from '../../../ml/svm/class-pairs.js';
import { couplePairs } from '../../../ml/svm/couple-pairs.js';

const ALL = new Uint8Array(10).fill(1);

describe('coupled pairs', () => {
  it('give back the probabilities that agree with every pair', () => {
    const random = createRandom(9);
    for (let time = 0; time < 20; time++) {
      const raw = Array.from({ length: 10 }, () => random.uniform() + 0.02);
      const sum = raw.reduce((a, b) => a + b, 0);
      const slope = 3;
      const decisions = Float64Array.from(PAIRS, ([a, b]) => Math.log((raw[a] ?? 0) / (raw[b] ?? 1)) / slope);
      const { data } = couplePairs(decisions, slope, ALL);
      raw.forEach((value, k) => assert.ok(Math.abs((data[k] ?? 0) - value / sum) < 1e-5, `${data[k]}, expected ${value / sum}`));
    }
  });

  it('are the minimum of the disagreement: no other distribution nearby is better', () => {
    const random = createRandom(10);
    const decisions = Float64Array.from(PAIRS, () => random.normal());
    const { data } = couplePairs(decisions, 2, ALL);
    const p = [...data];
    const least = disagreement(p, decisions, 2);
    for (let time = 0; time < 200; time++) {
      const [from, to] = [random.integer(10), random.integer(10)];
      const moved = p.slice();
      const amount = Math.min(0.003, p[from] ?? 0);
      moved[from] = (moved[from] ?? 0) - amount;
      moved[to] = (moved[to] ?? 0) + amount;
      assert.ok(disagreement(moved, decisions, 2) >= least - 1e-9);
    }
  });

  it('sum to one, whatever the decisions', () => {
    const random = createRandom(11);
    const decisions = Float64Array.from({ length: 50 * PAIRS.length }, () => 100 * random.normal());
    const { data, rows } = couplePairs(decisions, 5, ALL);
    assert.equal(rows, 50);
    for (let row = 0; row < rows; row++) {
      const values = data.subarray(row * 10, row * 10 + 10);
      assert.ok(Math.abs(values.reduce((a, b) => a + b, 0) - 1) < 1e-5);
      assert.ok(values.every((value) => value >= 0 && value <= 1), [...values].join(' '));
    }
  });

  it('leave a millionth to classes that were not seen, and all else to those that were', () => {
    const present = Uint8Array.of(0, 1, 0, 0, 0, 0, 0, 1, 0, 0);
    const decisions = Float64Array.from(PAIRS, ([a, b]) => (a === 1 && b === 7 ? -Math.log(4) : 50));
    const { data } = couplePairs(decisions, 1, present);
    [1e-6, 0.2, 1e-6, 1e-6, 1e-6, 1e-6, 1e-6, 0.8, 1e-6, 1e-6].forEach((value, k) => assert.ok(Math.abs((data[k] ?? 0) - value) < 2e-6 + 1e-5 * value, `${k}: ${data[k]}`));
    const alone = couplePairs(new Float64Array(PAIRS.length), 1, Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 0, 0, 0));
    assert.ok((alone.data[3] ?? 0) > 0.9999);
  });
});

/** The sum over pairs of (r_ba p_a - r_ab p_b)^2, which the coupling minimises. */
function disagreement(p: readonly number[], decisions: Float64Array, slope: number): number {
  return PAIRS.reduce((sum, [a, b], pair) => {
    const r = 1 / (1 + Math.exp(-slope * (decisions[pair] ?? 0)));
    return sum + ((1 - r) * (p[a] ?? 0) - r * (p[b] ?? 0)) ** 2;
  }, 0);
}
