import assert from 'node:assert/strict';
import { decodeSegment, encodeSegment, segmentPosition } from '../../../ml/training/segment-bytes.js';
import type { TrainingState } from '../../../ml/training/training-state.js';
import { InvalidDataError, InvalidModelError } from '../../../shared/errors.js';

const STATE: TrainingState = {
  weights: Float32Array.of(0.1, -2, 3e-30),
  optimiser: { mean: Float32Array.of(1, 2, 3), variance: Float32Array.of(4, 5, 6), beta1Power: 0.9 ** 7, beta2Power: 0.1 + 0.2 },
  step: 7,
  epochLoss: 1 / 3,
  best: { epoch: 2, accuracy: 0.97, loss: 0.11, weights: Float32Array.of(7, 8, 9) },
  history: { trainingLoss: [0.5, 0.25], validationLoss: [0.4, 0.3], validationAccuracy: [0.9, 0.97] },
  stopped: false,
};

describe('a segment as bytes', () => {
  it('keeps every bit of the state', () => {
    assert.deepEqual(decodeSegment(encodeSegment(STATE), 3), STATE);
    assert.deepEqual(encodeSegment(decodeSegment(encodeSegment(STATE), 3)), encodeSegment(STATE));
  });

  it('gives arrays that may be changed without changing the bytes', () => {
    const bytes = encodeSegment(STATE);
    decodeSegment(bytes, 3).weights.fill(0);
    assert.deepEqual(decodeSegment(bytes, 3), STATE);
  });

  it('says how far it is', () => {
    assert.deepEqual(segmentPosition(encodeSegment({ ...STATE, stopped: true })), { step: 7, stopped: true });
  });

  it('refuses the state of another network and foreign bytes', () => {
    assert.throws(() => decodeSegment(encodeSegment(STATE), 4), InvalidModelError);
    assert.throws(() => decodeSegment(new Uint8Array(50), 3), InvalidDataError);
  });
});
