import assert from 'node:assert/strict';
import { fitSigmoid, sigmoid } from '../../../ml/calibration/fit-sigmoid.js';
import { createRandom } from '../../../ml/random.js';

/** Scores from a normal distribution, positive with the probability of a sigmoid. */
function planted(slope: number, offset: number): { scores: Float64Array; positive: Uint8Array } {
  const random = createRandom(6);
  const scores = Float64Array.from({ length: 40_000 }, () => 2 * random.normal());
  return { scores, positive: Uint8Array.from(scores, (score) => (random.uniform() < sigmoid(slope * score + offset) ? 1 : 0)) };
}

describe('a sigmoid of one score', () => {
  for (const [slope, offset] of [[1, 0], [0.4, -2], [2.5, 1], [-1.5, 0.5]] as const) {
    it(`finds slope ${slope} and offset ${offset} that were planted`, () => {
      const { scores, positive } = planted(slope, offset);
      const found = fitSigmoid(scores, positive);
      assert.ok(Math.abs(found.slope - slope) < 0.06 * Math.max(1, Math.abs(slope)) && Math.abs(found.offset - offset) < 0.08, JSON.stringify(found));
    });
  }

  it('has Platt\'s targets: two separable rows give log-odds of plus and minus log 2', () => {
    // One positive: target 2 / 3; one negative: target 1 / 3. The loss is zero-gradient where both are met exactly.
    const { slope, offset } = fitSigmoid(Float64Array.of(1, -1), Uint8Array.of(1, 0));
    assert.ok(Math.abs(slope - Math.LN2) < 1e-8 && Math.abs(offset) < 1e-8, `${slope}, ${offset}`);
  });

  it('gives the share of positives where all scores are equal, and a small one where there is no positive', () => {
    const equal = new Float64Array(100).fill(3);
    const { slope, offset } = fitSigmoid(equal, Uint8Array.from({ length: 100 }, (_, row) => (row < 30 ? 1 : 0)));
    const expected = (30 * (31 / 32) + 70 / 72) / 100; // the mean target
    assert.ok(Math.abs(sigmoid(3 * slope + offset) - expected) < 1e-6);
    const none = fitSigmoid(planted(1, 0).scores.subarray(0, 100), new Uint8Array(100));
    assert.ok(Math.abs(sigmoid(none.slope * 2 + none.offset) - 1 / 102) < 1e-6);
  });

  it('survives scores whose first Newton step overshoots', () => {
    const scores = Float64Array.of(-13.8, -13.8, -13.8, -13.8, -13.8, 13.8);
    const found = fitSigmoid(scores, Uint8Array.of(0, 0, 0, 0, 0, 1));
    assert.ok(Math.abs(sigmoid(found.slope * 13.8 + found.offset) - 2 / 3) < 1e-6, JSON.stringify(found));
  });
});
