import assert from 'node:assert/strict';
import { bestColumns, evenlySpacedRows, takeColumns } from '../../../ml/models/select-columns.js';

describe('columns and rows of a matrix', () => {
  const x = { rows: 2, columns: 3, data: Float32Array.of(1, 2, 3, 4, 5, 6) };

  it('are taken in the order that is asked for; pixels as value / 255', () => {
    assert.deepEqual(takeColumns(x, [2, 0]), { rows: 2, columns: 2, data: Float32Array.of(3, 1, 6, 4) });
    assert.deepEqual(takeColumns({ rows: 1, columns: 2, data: Uint8Array.of(0, 255) }, [1]).data, Float32Array.of(1));
  });

  it('are ranked by score, the lower column first among equals, those without a score last', () => {
    assert.deepEqual(bestColumns(new Map([[4, 1], [1, 7], [2, 7]]), 6, 4), [1, 2, 4, 0]);
  });

  it('are thinned evenly, with their labels', () => {
    const many = { x: { rows: 10, columns: 1, data: Float32Array.from({ length: 10 }, (_, i) => i) }, labels: Uint8Array.from({ length: 10 }, (_, i) => i) };
    const { x: { rows, data }, labels } = evenlySpacedRows(many, 5);
    assert.deepEqual([rows, [...data], [...labels]], [5, [0, 2, 4, 6, 8], [0, 2, 4, 6, 8]]);
    assert.equal(evenlySpacedRows(many, 50).x.rows, 10);
  });
});
