import assert from 'node:assert/strict';
import { readSafetensors } from '../../../../ml/export/safetensors/read-safetensors.js';
import { writeSafetensors } from '../../../../ml/export/safetensors/write-safetensors.js';
import { InvalidModelError } from '../../../../shared/errors.js';

const WEIGHTS = [
  { name: 'conv/kernel', shape: [1, 2, 1, 3], data: Float32Array.of(1, -2, 3.5, 0, 1e-30, 7) },
  { name: 'conv/bias', shape: [3], data: Float32Array.of(0, 1, 2) },
  { name: 'empty', shape: [0, 4], data: new Float32Array(0) },
  { name: 'scale', shape: [], data: Float32Array.of(9) },
];
const METADATA = { name: 'ciffre für Ziffern', labels: '["0","1"]' };

/** A file of any header and numbers. */
function file(header: unknown, numbers = new Uint8Array(0)): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + numbers.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(numbers, 8 + json.length);
  return bytes;
}

const tensor = (shape: unknown, offsets: unknown, dtype = 'F32'): object => ({ dtype, shape, data_offsets: offsets });

describe('A safetensors file', () => {
  it('gives back weights and metadata, in order', () => {
    const bytes = writeSafetensors(WEIGHTS, METADATA);
    assert.deepEqual(readSafetensors(bytes), { weights: WEIGHTS, metadata: METADATA });
    assert.deepEqual(readSafetensors(Buffer.concat([Buffer.alloc(3), bytes]).subarray(3)), { weights: WEIGHTS, metadata: METADATA }, 'from a Buffer at an odd address');
  });

  it('has the published layout: length, header padded by spaces to 8 bytes, numbers', () => {
    for (const name of ['a', 'ab', 'abc', 'abcd', 'abcde']) {
      const bytes = writeSafetensors([{ name, shape: [1], data: Float32Array.of(1) }], {});
      const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
      assert.equal(length % 8, 0);
      assert.match(new TextDecoder().decode(bytes.subarray(8, 8 + length)), new RegExp(`^{"__metadata__":{},"${name}":{"dtype":"F32","shape":\\[1\\],"data_offsets":\\[0,4\\]}} *$`));
      assert.deepEqual([...bytes.subarray(8 + length)], [0, 0, 0x80, 0x3f]);
    }
  });

  it('keeps a name that JavaScript would put elsewhere', () => {
    const weights = ['b', '10', '2'].map((name, i) => ({ name, shape: [1], data: Float32Array.of(i) }));
    assert.deepEqual(readSafetensors(writeSafetensors(weights, {})).weights, weights);
  });

  for (const [what, weights, expected] of [
    ['two weights of one name', [WEIGHTS[1], WEIGHTS[1]], /^Weight conv\/bias cannot be written twice/],
    ['the reserved name', [{ name: '__metadata__', shape: [1], data: Float32Array.of(1) }], /^Weight __metadata__ cannot be written under this reserved name/],
    ['numbers that do not fill the shape', [{ name: 'a', shape: [2], data: Float32Array.of(1) }], /^Weight a has 1 numbers: expected 2 for \[2\]/],
  ] as const) {
    it(`is not written with ${what}`, () => {
      assert.throws(() => writeSafetensors(weights.flatMap((weight) => weight ?? []), {}), (error) => error instanceof InvalidModelError && expected.test(error.message));
    });
  }

  it('is refused wherever it is cut, and with a byte too many', () => {
    const bytes = writeSafetensors(WEIGHTS, METADATA);
    for (let length = 0; length < bytes.length; length++) assert.throws(() => readSafetensors(bytes.subarray(0, length)), InvalidModelError, `${length} bytes`);
    assert.throws(() => readSafetensors(Buffer.concat([bytes, Buffer.of(0)])), InvalidModelError);
  });

  const four = new Uint8Array(4);
  for (const [what, bytes, expected] of [
    ['a header longer than the file', Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 32), /a header of 18446744073709551615 bytes in a file of 9/],
    ['a header that is no JSON', file('{"a"'), /the header is no JSON\)/],
    ['a list as its header', file([]), /no JSON object/],
    ['no shape', file({ a: { dtype: 'F32', data_offsets: [0, 4] } }, four), /a has no shape and data_offsets/],
    ['nothing as a tensor', file({ a: null }), /a has no shape and data_offsets/],
    ['a negative side', file({ a: tensor([-1], [0, 4]) }, four), /a has no shape and data_offsets/],
    ['three offsets', file({ a: tensor([1], [0, 4, 8]) }, four), /a has no shape and data_offsets/],
    ['another element type', file({ a: tensor([2], [0, 4], 'F16') }, four), /a holds F16: only float32/],
    ['a shape that does not fit', file({ a: tensor([2], [0, 4]) }, four), /a \[2\] takes 4 bytes, expected 8/],
    ['a gap', file({ a: tensor([1], [4, 8]) }, new Uint8Array(8)), /a begins at byte 4 of the numbers, expected 0/],
    ['tensors that overlap', file({ a: tensor([1], [0, 4]), b: tensor([1], [0, 4]) }, four), /b begins at byte 0 of the numbers, expected 4/],
    ['metadata that are no strings', file({ __metadata__: { epochs: 3 } }), /__metadata__ is no object of strings/],
  ] as const) {
    it(`is refused with ${what}`, () => {
      assert.throws(() => readSafetensors(bytes), (error) => error instanceof InvalidModelError && expected.test(error.message));
    });
  }
});
