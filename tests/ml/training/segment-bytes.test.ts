import assert from 'node:assert/strict';
import { decodeSegment, encodeSegment, segmentPosition } from '../../../ml/training/segment-bytes.js';
import type { TrainingState } from '../../../ml/training/training-state.js';
import { InvalidDataError, InvalidModelError } from '../../../shared/errors.js';

const LIKE = { weights: new Float32Array(3), moving: new Float32Array(2), 'slot.mean': new Float32Array(3), 'slot.variance': new Float32Array(3) };
const STATE: TrainingState = {
  engine: {
    weights: Float32Array.of(0.1, -2, 3e-30), moving: Float32Array.of(5, 6), 'slot.mean': Float32Array.of(1, 2, 3), 'slot.variance': Float32Array.of(4, 5, 6),
  },
  step: 7,
  epochLoss: 1 / 3,
  best: { epoch: 2, accuracy: 0.97, loss: 0.11, weights: Float32Array.of(7, 8, 9), moving: Float32Array.of(1, 0) },
  history: { trainingLoss: [0.5, 0.25], validationLoss: [0.4, 0.3], validationAccuracy: [0.9, 0.97], learningRate: [0.1 + 0.2, 0.01] },
  stopped: false,
};

describe('a segment as bytes', () => {
  it('keeps every bit of the state', () => {
    assert.deepEqual(decodeSegment(encodeSegment(STATE), LIKE), STATE);
    assert.deepEqual(encodeSegment(decodeSegment(encodeSegment(STATE), LIKE)), encodeSegment(STATE));
  });

  it('gives arrays that may be changed without changing the bytes', () => {
    const bytes = encodeSegment(STATE);
    decodeSegment(bytes, LIKE).engine['weights']?.fill(0);
    assert.deepEqual(decodeSegment(bytes, LIKE), STATE);
  });

  it('says how far it is', () => {
    assert.deepEqual(segmentPosition(encodeSegment({ ...STATE, stopped: true })), { step: 7, stopped: true });
  });

  it('refuses the state of another network and foreign bytes', () => {
    assert.throws(() => decodeSegment(encodeSegment(STATE), { ...LIKE, weights: new Float32Array(4) }), InvalidModelError);
    assert.throws(() => decodeSegment(encodeSegment(STATE), { weights: LIKE.weights, 'slot.velocity': LIKE.weights }), /slot\.velocity .* optimiser/);
    assert.throws(() => decodeSegment(new Uint8Array(50), LIKE), InvalidDataError);
  });
});
