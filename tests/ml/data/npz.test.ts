import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeNpz, encodeNpz } from '../../../ml/data/npz.js';
import { InvalidDataError } from '../../../shared/errors.js';

const ENTRIES = { w: { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] }, 'model.json': new TextEncoder().encode('{}') };

describe('npz', () => {
  it('returns arrays and files as they were, stored or deflated', () => {
    fc.assert(fc.property(fc.float32Array({ maxLength: 50 }), fc.uint8Array({ maxLength: 50 }), fc.boolean(), (weights, file, deflate) => {
      const { arrays, files } = decodeNpz(encodeNpz({ weights: { data: weights, shape: [weights.length] }, 'a/b.bin': file }, { deflate }));
      assert.deepEqual(arrays['weights'], { dtype: 'f4', shape: [weights.length], data: weights });
      assert.deepEqual(files['a/b.bin'], file);
    }));
  });

  it('gives the same bytes in every time zone and at every time', () => {
    const zone = process.env['TZ'];
    try {
      process.env['TZ'] = 'Asia/Tokyo';
      const east = encodeNpz(ENTRIES);
      process.env['TZ'] = 'America/Los_Angeles';
      assert.deepEqual(encodeNpz(ENTRIES), east);
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('reads only the entries that are wanted', () => {
    assert.deepEqual(Object.keys(decodeNpz(encodeNpz({ ...ENTRIES, 'odd.npy': new Uint8Array(3) }), 'm.npz', ['w']).arrays), ['w']);
    assert.throws(() => decodeNpz(encodeNpz({ 'odd.npy': new Uint8Array(3) }), 'm.npz'), { name: 'InvalidDataError', message: /m\.npz: odd\.npy/ });
  });

  it('refuses every truncation', () => {
    const bytes = encodeNpz(ENTRIES);
    for (let length = 0; length < bytes.length; length++) {
      assert.throws(() => decodeNpz(bytes.subarray(0, length)), InvalidDataError, `${length} bytes`);
    }
  });
});
