import assert from 'node:assert/strict';
import { placeLabels } from '../../../ml/reports/place-labels.js';

describe('placeLabels', () => {
  it('puts a label above a lonely dot', () => {
    assert.deepEqual(placeLabels([{ x: 100, y: 100, text: 'cnn' }], [0, 400]), [{ dx: 0, dy: -13 }]);
  });

  it('keeps the labels of close dots off each other', () => {
    const [first, second] = placeLabels([{ x: 100, y: 100, text: 'cnn' }, { x: 108, y: 100, text: 'ensemble' }], [0, 400]);
    assert.deepEqual(first, { dx: 0, dy: -13 });
    assert.deepEqual(second, { dx: 0, dy: 14 });
  });

  it('leaves out an optional label that has no room, and no other', () => {
    const crowd = Array.from({ length: 40 }, (_, i) => ({ x: 100 + 3 * (i % 7), y: 100 + 3 * Math.floor(i / 7), text: 'nearest-neighbours', optional: i > 0 }));
    const places = placeLabels(crowd, [0, 200]);
    assert.ok(places[0]);
    assert.ok(places.filter((place) => place).length < 12);
    assert.ok(placeLabels(crowd.map((dot) => ({ ...dot, optional: false })), [0, 200]).every((place) => place));
  });

  it('keeps a label inside the frame', () => {
    const [place] = placeLabels([{ x: 5, y: 100, text: 'logistic-regression' }], [0, 400]);
    assert.ok(place && place.dx > 0);
    const [other] = placeLabels([{ x: 60, y: 100, text: 'cnn' }], [56, 400]);
    assert.ok(other && other.dx > 0, 'it would stand on the axis');
  });
});
