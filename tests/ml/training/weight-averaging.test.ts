import assert from 'node:assert/strict';
import { averageAnswers, averageRate } from '../../../ml/training/weight-averaging.js';
import type { WeightAveraging } from '../../../ml/training/weight-averaging.js';

const PLACE = { stepsPerEpoch: 5, epochs: 8 };

/** The average after each step of a training whose only weight is the number of the step. */
function averages(averaging: WeightAveraging): number[] {
  let average = 0;
  return Array.from({ length: PLACE.stepsPerEpoch * PLACE.epochs }, (_, i) => {
    average += averageRate(averaging, { ...PLACE, step: i + 1 }) * (i + 1 - average);
    return average;
  });
}

const near = (value: number | undefined, expected: number): void => assert.ok(Math.abs((value ?? NaN) - expected) < 1e-9, `${value} against ${expected}`);

describe('the average of the weights', () => {
  it('does not move where there is none, and never answers', () => {
    assert.ok(averages({ kind: 'none' }).every((value) => value === 0));
    assert.equal(averageAnswers({ kind: 'none' }, 8, 8), false);
  });

  it('as a moving average keeps its decay a step, once it has risen to it', () => {
    const values = averages({ kind: 'ema', decay: 0.5 });
    for (let step = 9; step <= 40; step++) near(values[step - 1], 0.5 * (values[step - 2] ?? NaN) + 0.5 * step);
  });

  it('as a moving average forgets its start quickly: its decay is (1 + n) / (10 + n) in the first steps', () => {
    const values = averages({ kind: 'ema', decay: 0.999 });
    let expected = 0;
    values.forEach((value, i) => {
      const decay = (2 + i) / (11 + i);
      expected = decay * expected + (1 - decay) * (i + 1);
      near(value, expected);
    });
  });

  it('as a moving average answers from the first epoch on', () => {
    assert.deepEqual([1, 8].map((epoch) => averageAnswers({ kind: 'ema', decay: 0.9 }, epoch, 8)), [true, true]);
  });

  it('as a plain mean is that of the ends of the last epochs, and answers from the first of them on', () => {
    const swa: WeightAveraging = { kind: 'swa', from: 0.75 };
    const values = averages(swa);
    near(values[34], 35);
    near(values[39], (35 + 40) / 2);
    assert.ok(values.slice(0, 34).every((value) => value === 0));
    assert.deepEqual([6, 7, 8].map((epoch) => averageAnswers(swa, epoch, 8)), [false, true, true]);
  });

  it('as a plain mean from the start is that of all epochs, and from nearly the end the last weights', () => {
    near(averages({ kind: 'swa', from: 0 })[39], (5 * 36) / 8);
    near(averages({ kind: 'swa', from: 0.99 })[39], 40);
    assert.equal(averageAnswers({ kind: 'swa', from: 0.99 }, 8, 8), true);
  });
});
