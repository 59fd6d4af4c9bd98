import assert from 'node:assert/strict';
import { placeLabels } from '../../../ml/reports/place-labels.js';

describe('placeLabels', () => {
  it('puts a label above a lonely dot', () => {
    assert.deepEqual(placeLabels([{ x: 100, y: 100, text: 'cnn' }], 400), [{ dx: 0, dy: -13 }]);
  });

  it('keeps the labels of close dots off each other', () => {
    const [first, second] = placeLabels([{ x: 100, y: 100, text: 'cnn' }, { x: 108, y: 100, text: 'ensemble' }], 400);
    assert.deepEqual(first, { dx: 0, dy: -13 });
    assert.deepEqual(second, { dx: 0, dy: 14 });
  });

  it('keeps a label inside the frame', () => {
    const [place] = placeLabels([{ x: 5, y: 100, text: 'logistic-regression' }], 400);
    assert.ok(place && place.dx > 0);
  });
});
