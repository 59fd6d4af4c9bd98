import assert from 'node:assert/strict';
import { trainingSeries } from '../../../ml/reports/training-series.js';

describe('trainingSeries', () => {
  it('reads points by their step', () => {
    const curves = trainingSeries({ rounds: 9, bestRound: 7, curves: { trainLogLoss: [{ step: 1, value: 2 }, { step: 9, value: 1 }] } });
    assert.deepEqual(curves, { unit: 'round', best: 7, series: [{ name: 'trainLogLoss', points: [{ x: 1, y: 2 }, { x: 9, y: 1 }] }] });
  });

  it('spreads a thinned list over the epochs that were run', () => {
    const curves = trainingSeries({ epochs: 9, curves: { loss: [3, 2, 1] } });
    assert.deepEqual(curves?.series[0]?.points, [{ x: 1, y: 3 }, { x: 5, y: 2 }, { x: 9, y: 1 }]);
  });

  it('leaves out what is no number, and says nothing when there is no curve', () => {
    assert.deepEqual(trainingSeries({ curves: { loss: [3, null, 1, 'x'] } })?.series[0]?.points, [{ x: 1, y: 3 }, { x: 3, y: 1 }]);
    assert.equal(trainingSeries({ curves: 'none' }), undefined);
    assert.equal(trainingSeries({ validationAccuracy: 0.9 }), undefined);
  });
});
