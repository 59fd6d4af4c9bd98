import { strict as assert } from 'node:assert';
import { isRejected, predictionLine } from '../../cli/prediction-line.js';
import type { Answer } from '../../cli/prediction-line.js';
import { InvalidConfigError } from '../../shared/errors.js';

const own: Answer = { digit: 7, probabilities: [0, 0.02, 0, 0, 0, 0, 0, 0.95, 0, 0.03] };
const calibrated: Answer = {
  ...own,
  rejection: [{ risk: 0.001, threshold: 0.99, rejected: true }, { risk: 0.01, threshold: 0.9, rejected: false }, { risk: 0, threshold: null, rejected: true }],
  sets: [{ alpha: 0.01, digits: [7, 9] }, { alpha: 0.005, digits: [7, 9, 1] }, { alpha: 0.1, digits: [] }],
};

describe('the line of a prediction', () => {
  it('has the digit, the three likeliest ones and the set that holds the truth in 99 % of cases', () => {
    assert.equal(predictionLine(calibrated, {}), '7  (7: 95.00 %, 9: 3.00 %, 1: 2.00 %)  in 99 % of cases one of 7 9');
    assert.equal(predictionLine(own, {}), '7  (7: 95.00 %, 9: 3.00 %, 1: 2.00 %)');
  });

  it('has the set that is asked for, and says where it is empty', () => {
    assert.match(predictionLine(calibrated, { alpha: 0.005 }), /in 99\.5 % of cases one of 7 9 1$/);
    assert.match(predictionLine(calibrated, { alpha: 0.1 }), /like no digit \(sets that hold 90 %\)$/);
  });

  it('gives no digit where the answer is rejected', () => {
    assert.match(predictionLine(calibrated, { risk: 0.001 }), /^\?, rejected {2}\(7: 95/);
    assert.match(predictionLine(calibrated, { risk: 0.01 }), /^7 /);
    assert.match(predictionLine(own, { rejectBelow: 0.96 }), /^\?, rejected/);
  });

  it('rejects by either option, at a confidence below the one given, and says nothing without one', () => {
    assert.deepEqual([{}, { rejectBelow: 0.95 }, { rejectBelow: 0.951 }, { risk: 0.01 }, { risk: 0.001 }, { risk: 0.01, rejectBelow: 0.96 }, { risk: 0 }].map((options) => isRejected(calibrated, options)),
      [undefined, false, true, false, true, true, true]);
  });

  it('names the rates and shares that were learnt where another is asked for', () => {
    assert.throws(() => isRejected(calibrated, { risk: 0.5 }), (error) => error instanceof InvalidConfigError && /--risk 0\.5 .*knows 0\.001, 0\.01, 0\. .*evaluate\.calibration\.risks/.test(error.message));
    assert.throws(() => predictionLine(calibrated, { alpha: 0.2 }), (error) => error instanceof InvalidConfigError && /knows 0\.01, 0\.005, 0\.1\./.test(error.message));
    assert.throws(() => predictionLine(own, { alpha: 0.01 }), /knows none/);
  });
});
