import assert from 'node:assert/strict';
import { assembleInput } from '../../../ml/data/assemble-input.js';
import { encodeNpy } from '../../../ml/data/npy.js';
import { InvalidDataError } from '../../../shared/errors.js';

describe('the input of a model', () => {
  const pixels = (...values: number[]): Uint8Array => encodeNpy(Uint8Array.from(values), [values.length / 4, 2, 2]);
  const floats = (columns: number, ...values: number[]): Uint8Array => encodeNpy(Float32Array.from(values), [values.length / columns, columns]);

  it('is the pixels of all shards, in order', () => {
    const joined = assembleInput('pixels', { images: [pixels(1, 2, 3, 4), pixels(5, 6, 7, 8, 9, 10, 11, 12)] });
    assert.deepEqual([joined.rows, joined.columns, ...joined.data], [3, 4, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    assert.ok(joined.data instanceof Uint8Array);
  });

  it('does not copy a single shard', () => {
    const bytes = pixels(1, 2, 3, 4);
    assert.equal(assembleInput('pixels', { images: [bytes] }).data.buffer, bytes.buffer);
  });

  it('is families side by side, in the order asked for', () => {
    const inputs = { 'x:a': [floats(2, 1, 2), floats(2, 3, 4)], 'x:b': [floats(1, 10, 20)] };
    const { rows, columns, data } = assembleInput(['b', 'a'], inputs);
    assert.deepEqual([rows, columns, ...data], [2, 3, 10, 1, 2, 20, 3, 4]);
  });

  const WRONG: readonly (readonly [string, Parameters<typeof assembleInput>[0], Record<string, Uint8Array[]>, RegExp])[] = [
    ['a role that was not given', 'pixels', {}, /images/],
    ['a family that was not given', ['a', 'b'], { 'x:a': [floats(1, 1)] }, /x:b/],
    ['no family at all', [], {}, /empty list/],
    ['features where pixels are due', 'pixels', { images: [floats(2, 1, 2)] }, /Float32Array/],
    ['families of different length', ['a', 'b'], { 'x:a': [floats(1, 1)], 'x:b': [floats(1, 1, 2)] }, /b has 2 rows.* a has 1/],
    ['shards of different width', ['a'], { 'x:a': [floats(1, 1), floats(2, 1, 2)] }, /shard 1: 2 columns/],
  ];
  for (const [what, input, inputs, message] of WRONG) {
    it(`refuses ${what}`, () => {
      assert.throws(() => assembleInput(input, inputs), (error) => error instanceof InvalidDataError && message.test(error.message));
    });
  }
});
