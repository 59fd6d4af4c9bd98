import assert from 'node:assert/strict';
import { improves, isExhausted } from '../../../ml/training/early-stopping.js';

const BEST = { epoch: 4, accuracy: 0.98, loss: 0.1, weights: new Float32Array(0), moving: new Float32Array(0) };

describe('early stopping', () => {
  it('takes any first epoch as the best', () => {
    assert.ok(improves({ accuracy: 0, loss: 9 }, { ...BEST, epoch: 0, accuracy: 0.5 }));
  });

  it('prefers accuracy, then a smaller loss', () => {
    assert.ok(improves({ accuracy: 0.981, loss: 0.2 }, BEST));
    assert.ok(improves({ accuracy: 0.98, loss: 0.09 }, BEST));
    assert.ok(!improves({ accuracy: 0.98, loss: 0.1 }, BEST));
    assert.ok(!improves({ accuracy: 0.979, loss: 0.01 }, BEST));
  });

  it('ends after `patience` epochs without gain, and never with a patience of 0', () => {
    assert.ok(!isExhausted(5, BEST, 2));
    assert.ok(isExhausted(6, BEST, 2));
    assert.ok(!isExhausted(100, BEST, 0));
  });
});
