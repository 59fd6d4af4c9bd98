import assert from 'node:assert/strict';
import { windowSize } from '../../../ml/compression/window-size.js';

describe('windowSize', () => {
  it('follows the rules of TensorFlow: valid drops what does not fit, same pads, the odd cell last', () => {
    assert.deepEqual(windowSize(28, 3, 1, 'valid'), { positions: 26, before: 0, after: 0 });
    assert.deepEqual(windowSize(11, 2, 2, 'valid'), { positions: 5, before: 0, after: 0 });
    assert.deepEqual(windowSize(28, 3, 1, 'same'), { positions: 28, before: 1, after: 1 });
    assert.deepEqual(windowSize(28, 2, 1, 'same'), { positions: 28, before: 0, after: 1 });
    assert.deepEqual(windowSize(28, 5, 2, 'same'), { positions: 14, before: 1, after: 2 });
    assert.deepEqual(windowSize(7, 2, 2, 'same'), { positions: 4, before: 0, after: 1 });
    assert.deepEqual(windowSize(4, 1, 2, 'same'), { positions: 2, before: 0, after: 0 });
  });
});
