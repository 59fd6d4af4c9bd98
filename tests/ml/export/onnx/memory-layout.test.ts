import assert from 'node:assert/strict';
import { elementsAsTheyLie, liesAs, ordersAs, permuteElements, rowMajor } from '../../../../ml/export/onnx/memory-layout.js';

/** A map [2, 3, 4] that lies with its last axis first. */
const MAP = { sides: [2, 3, 4], order: [2, 0, 1] };

describe('How an array lies in memory', () => {
  it('is the order of its elements', () => {
    assert.deepEqual([...elementsAsTheyLie({ sides: [2, 2, 3], order: [2, 0, 1] })], [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]);
    assert.deepEqual([...permuteElements(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3], [1, 0])], [1, 4, 2, 5, 3, 6]);
    assert.deepEqual([...permuteElements(Float32Array.of(7), [], [])], [7]);
  });

  it('does not change by a reshape', () => {
    assert.ok(liesAs(MAP, { sides: [6, 4], order: [1, 0] }));
    assert.ok(liesAs(MAP, { sides: [2, 3, 2, 2], order: [2, 3, 0, 1] }));
    assert.ok(!liesAs(MAP, { sides: [2, 3, 4], order: [2, 1, 0] }));
    assert.ok(!liesAs(MAP, rowMajor([24])));
  });

  it('does not depend on axes of one element', () => {
    assert.ok(liesAs({ sides: [5, 7, 1], order: [2, 0, 1] }, rowMajor([5, 7, 1])));
    assert.ok(liesAs({ sides: [1, 1, 9], order: [2, 0, 1] }, rowMajor([9])));
  });

  it('says in which order of axes an array can be read as it lies', () => {
    assert.deepEqual(ordersAs([6, 2, 2], MAP), [[1, 2, 0]]);
    assert.deepEqual(ordersAs([24], MAP), []);
    assert.deepEqual(ordersAs([1, 24], rowMajor([24])), [[0, 1], [1, 0]]);
  });
});
