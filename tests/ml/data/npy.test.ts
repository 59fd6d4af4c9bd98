import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeNpy, encodeNpy } from '../../../ml/data/npy.js';
import type { NpyData } from '../../../ml/data/npy.js';
import { InvalidDataError } from '../../../shared/errors.js';

describe('npy', () => {
  it('is byte for byte what numpy.save writes', () => {
    // numpy 2.4: numpy.save(file, numpy.arange(1, 7, dtype='f4').reshape(2, 3))
    const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }".padEnd(117) + '\n';
    const expected = Buffer.concat([Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1'), Buffer.from(header), Buffer.from(Float32Array.of(1, 2, 3, 4, 5, 6).buffer)]);
    assert.deepEqual(Buffer.from(encodeNpy(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3])), expected);
  });

  it('returns every shape and element type as it was', () => {
    const arrays = fc.oneof(
      fc.uint8Array(), fc.uint16Array(), fc.int16Array(), fc.int32Array(), fc.bigInt64Array(), fc.float32Array(), fc.float64Array(),
    ) as fc.Arbitrary<NpyData>;
    fc.assert(fc.property(arrays, fc.nat(3), (data, ones) => {
      const shape = [data.length, ...Array<number>(ones).fill(1)];
      const decoded = decodeNpy(encodeNpy(data, shape));
      assert.deepEqual(decoded.shape, shape);
      assert.deepEqual(decoded.data, data);
    }));
  });

  it('reads a scalar and a matrix without columns', () => {
    assert.deepEqual(decodeNpy(encodeNpy(Float64Array.of(2), [])).shape, []);
    assert.deepEqual(decodeNpy(encodeNpy(new Float32Array(0), [5, 0])).shape, [5, 0]);
  });

  it('shares the memory of aligned bytes and copies others', () => {
    const bytes = encodeNpy(Float32Array.of(1, 2), [2]);
    assert.equal(decodeNpy(bytes).data.buffer, bytes.buffer);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    for (const unaligned of [shifted.subarray(1), Buffer.from(shifted.buffer, 1)]) {
      const decoded = decodeNpy(unaligned);
      assert.notEqual(decoded.data.buffer, shifted.buffer);
      assert.deepEqual([...decoded.data as Float32Array], [1, 2]);
    }
  });

  it('writes only the part of the memory that a view shows', () => {
    assert.deepEqual([...decodeNpy(encodeNpy(Int32Array.of(1, 2, 3, 4).subarray(1, 3), [2])).data as Int32Array], [2, 3]);
  });

  it('refuses a shape that does not hold the data', () => {
    assert.throws(() => encodeNpy(new Uint8Array(5), [2, 3]), { name: 'InvalidDataError', message: /5 values.*\(2, 3\).*holds 6/ });
  });

  const withHeader = (from: string, to: string): Uint8Array => {
    const bytes = encodeNpy(Float32Array.of(1, 2), [2]);
    const text = Buffer.from(bytes).toString('latin1').replace(from, to);
    return new Uint8Array(Buffer.from(text, 'latin1'));
  };

  it('refuses Fortran order, big-endian and foreign element types by name', () => {
    assert.throws(() => decodeNpy(withHeader('False', 'True '), 'x.npy'), { name: 'InvalidDataError', message: /x\.npy.*Fortran/ });
    assert.throws(() => decodeNpy(withHeader("'<f4'", "'>f4'")), { name: 'InvalidDataError', message: /'>f4' is not supported/ });
    assert.throws(() => decodeNpy(withHeader("'<f4'", "'|O' ")), { name: 'InvalidDataError', message: /'\|O' is not supported/ });
  });

  it('refuses every truncation', () => {
    const bytes = encodeNpy(Float32Array.of(1, 2, 3), [3]);
    for (let length = 0; length < bytes.length; length++) {
      assert.throws(() => decodeNpy(bytes.subarray(0, length)), InvalidDataError, `${length} bytes`);
    }
  });
});
