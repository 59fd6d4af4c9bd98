import { strict as assert } from 'node:assert';
import { medianStops } from '../../../workflows/search/median-stops.js';
import { Scores } from '../../../workflows/search/scores.js';

/** Losses of trials 0, 1, ..., rung after rung. */
function scoresOf(...trials: readonly (readonly number[])[]): Scores {
  const scores = new Scores(4);
  trials.forEach((losses, trial) => losses.forEach((loss, rung) => scores.add(rung, { trial, loss })));
  return scores;
}

const rule = { grace: 0, minSamples: 3 };

describe('the median stopping rule', () => {
  it('ends a trial whose best loss is worse than the median of the others\' means so far', () => {
    // Means up to rung 1 of the others: 0.3, 0.5, 0.7.
    const others = [[0.4, 0.2], [0.6, 0.4], [0.8, 0.6]];
    assert.equal(medianStops(scoresOf(...others, [0.9, 0.51]), 3, 1, rule), true);
    assert.equal(medianStops(scoresOf(...others, [0.9, 0.5]), 3, 1, rule), false, 'as good as the median goes on');
    assert.equal(medianStops(scoresOf(...others, [0.45, 0.9]), 3, 1, rule), false, 'its best counts, not its last');
  });

  it('takes the mean of the two in the middle of an even number', () => {
    const others = [[0.1], [0.2], [0.4], [0.9]];
    assert.equal(medianStops(scoresOf(...others, [0.31]), 4, 0, rule), true);
    assert.equal(medianStops(scoresOf(...others, [0.29]), 4, 0, rule), false);
  });

  it('grants the rungs of grace, and asks for as many others at the rung as it was told', () => {
    const scores = scoresOf([0.1, 0.1], [0.1, 0.1], [0.1], [0.9, 0.9]);
    assert.equal(medianStops(scores, 3, 0, { grace: 1, minSamples: 3 }), false);
    assert.equal(medianStops(scores, 3, 0, { grace: 0, minSamples: 3 }), true);
    assert.equal(medianStops(scores, 3, 1, { grace: 1, minSamples: 3 }), false, 'two others have come to rung 1');
    assert.equal(medianStops(scores, 3, 1, { grace: 1, minSamples: 2 }), true);
  });

  it('counts failed trials among the worst', () => {
    assert.equal(medianStops(scoresOf([Infinity], [Infinity], [0.1], [0.9]), 3, 0, rule), false);
    assert.equal(medianStops(scoresOf([Infinity], [0.2], [0.1], [0.9]), 3, 0, rule), true);
    assert.equal(medianStops(scoresOf([Infinity], [Infinity], [0.1], [0.2], [0.9]), 4, 0, rule), false, 'a mean with infinity is infinite');
  });
});
