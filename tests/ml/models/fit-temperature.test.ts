import assert from 'node:assert/strict';
import { fitTemperature } from '../../../ml/models/fit-temperature.js';

describe('the temperature of scores', () => {
  /** Rows with one score for class 0 above the others; so many of them are of class 0, the others of class 1. */
  const rows = (count: number, right: number, score: number): [Float64Array, Uint8Array] => {
    const scores = new Float64Array(count * 10).fill(-Infinity);
    for (let row = 0; row < count; row++) scores.set([score, 0], row * 10);
    return [scores, Uint8Array.from({ length: count }, (_, row) => Number(row >= right))];
  };

  it('makes probabilities as large as the rows are right', () => {
    const temperature = fitTemperature(...rows(100, 90, 22)); // softmax must come to 0.9: odds 9
    assert.ok(Math.abs(22 / temperature - Math.log(9)) < 1e-6, `${temperature}`);
    assert.ok(Math.abs(0.3 / fitTemperature(...rows(100, 60, 0.3)) - Math.log(1.5)) < 1e-6);
  });

  it('stays within bounds when all rows are right, or none', () => {
    assert.ok(Math.abs(fitTemperature(...rows(10, 10, 3)) - 0.05) < 1e-6);
    assert.ok(Math.abs(fitTemperature(...rows(10, 0, 3)) / 1e4 - 1) < 1e-6);
  });

  it('leaves out rows of a class that has no score, and is 1 without any other', () => {
    const [scores, labels] = rows(100, 90, 22);
    const with9 = Uint8Array.from([...labels, 9, 9]);
    const more = Float64Array.from([...scores, ...scores.subarray(0, 20)]);
    assert.equal(fitTemperature(more, with9), fitTemperature(scores, labels));
    assert.equal(fitTemperature(scores.subarray(0, 10), Uint8Array.of(9)), 1);
    assert.equal(fitTemperature(new Float64Array(0), new Uint8Array(0)), 1);
  });
});
