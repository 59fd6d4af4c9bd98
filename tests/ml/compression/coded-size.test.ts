import assert from 'node:assert/strict';
import { codedSize } from '../../../ml/compression/coded-size.js';
import type { CompressedKernel } from '../../../ml/compression/compressed-weights.js';

const kernel = (over: Partial<CompressedKernel>): CompressedKernel => ({ name: 'conv/kernel', shape: [10, 10], channels: 10, sparsity: 0, ...over });

describe('the size of a kernel', () => {
  const scales = new Float32Array(10).fill(0.1);

  it('is its codes and the scales of its channels', () => {
    const values = Int8Array.from({ length: 100 }, (_, i) => (i % 7) - 3);
    const size = codedSize(kernel({ codes: { bits: 3, values, scales } }), Float32Array.from(values));
    assert.equal(size.float32, 400);
    assert.equal(size.dense, 40 + Math.ceil(300 / 8));
    // 86 numbers are not 0; of 3 + 4 bits.
    assert.equal(size.sparse, 40 + Math.ceil((values.filter((code) => code !== 0).length * 7) / 8));
  });

  it('is an entry for every 16 zeros in a row, beside the numbers that are not 0', () => {
    const values = Int8Array.from({ length: 100 }, (_, i) => (i === 40 || i === 41 ? 1 : 0));
    // 40 zeros take two entries; 58 take three.
    assert.equal(codedSize(kernel({ codes: { bits: 4, values, scales } }), Float32Array.from(values)).sparse, 40 + 7);
  });

  it('is less by Huffman codes where few codes are frequent, and counts a codebook', () => {
    const indices = Uint16Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? 1 + ((i / 10) % 3) : 0));
    const codebook = Float32Array.of(0, -0.5, 0.25, 0.75);
    const size = codedSize(kernel({ shared: { codebook, indices } }), Float32Array.from(indices, (index) => codebook[index] ?? NaN));
    assert.equal(size.dense, 16 + 25);
    assert.ok(size.huffman < size.dense, `${size.huffman} bytes`);
  });

  it('of a pruned kernel in float32 is its numbers and their places', () => {
    const values = Float32Array.from({ length: 100 }, (_, i) => (i % 10 === 3 ? 0.1 * i : 0));
    const size = codedSize(kernel({}), values);
    assert.deepEqual([size.dense, size.sparse, size.huffman], [400, 45, 45]);
  });
});
