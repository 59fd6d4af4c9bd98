import assert from 'node:assert/strict';
import { BitReader, BitWriter } from '../../../ml/compression/coding/bit-stream.js';
import { NUMBER_CODINGS, readNumbers, writeNumbers } from '../../../ml/compression/coding/code-numbers.js';
import { canonicalCodes, huffmanLengths } from '../../../ml/compression/coding/huffman-code.js';
import { createRandom } from '../../../ml/random.js';
import { InvalidDataError } from '../../../shared/errors.js';

const random = createRandom(6);
const SERIES: readonly (readonly [what: string, bits: number, signed: boolean, numbers: readonly number[]])[] = [
  ['codes of 8 bits', 8, true, Array.from({ length: 300 }, () => Math.max(-127, Math.min(127, Math.round(40 * random.normal()))))],
  ['indices', 8, false, Array.from({ length: 300 }, () => random.integer(256))],
  ['few numbers among long runs of zeros', 4, true, Array.from({ length: 900 }, (_, i) => (i % 97 === 62 ? 1 + (i % 7) : 0))],
  ['a run as long as a gap', 2, true, [...new Array<number>(31).fill(0), 1, ...new Array<number>(62).fill(0), -1, 1]],
  ['zeros alone', 3, true, new Array<number>(50).fill(0)],
  ['one number again and again', 3, true, new Array<number>(50).fill(-2)],
  ['nothing', 4, true, []],
];

describe('coded numbers', () => {
  for (const [what, bits, signed, numbers] of SERIES) {
    it(`come back whichever way they are stored: ${what}`, () => {
      for (const coding of NUMBER_CODINGS) assert.deepEqual(readNumbers(writeNumbers(numbers, coding, bits), coding, { count: numbers.length, bits, signed }), [...numbers], coding);
    });
  }

  it('take the bits that they should: Huffman’s within one of the entropy, the codes among them', () => {
    const numbers = Array.from({ length: 4_000 }, () => Math.round(random.normal()));
    const counts = [...new Set(numbers)].map((value) => numbers.filter((one) => one === value).length);
    const entropy = counts.reduce((sum, count) => sum - count * Math.log2(count / numbers.length), 0) / 8;
    const size = writeNumbers(numbers, 'huffman', 4).length;
    assert.ok(size >= entropy && size < entropy + numbers.length / 8, `${size} bytes, entropy ${entropy}`);
    assert.equal(writeNumbers(numbers, 'dense', 4).length, 2_000);
  });

  it('have the lengths of Huffman’s example, and codes of which none begins another', () => {
    const lengths = huffmanLengths([5, 9, 12, 13, 16, 45]);
    assert.deepEqual(lengths, [4, 4, 3, 3, 3, 1]);
    const codes = canonicalCodes(lengths).map(({ bits, code }) => code.toString(2).padStart(bits, '0'));
    for (const one of codes) for (const other of codes) assert.ok(one === other || !other.startsWith(one), `${one} begins ${other}`);
    assert.equal(lengths.reduce((sum, length) => sum + 2 ** -length, 0), 1);
  });

  it('are refused when they are cut', () => {
    const bytes = writeNumbers([3, 1, 2, 2, 0, 5], 'huffman', 4);
    assert.throws(() => readNumbers(bytes.subarray(0, 5), 'huffman', { count: 6, bits: 4, signed: true }), InvalidDataError);
  });

  it('are written bit by bit, the highest first', () => {
    const writer = new BitWriter();
    writer.write(5, 3);
    writer.write(-1, 2);
    writer.write(2 ** 31 + 1, 32);
    const bytes = writer.finish();
    assert.equal(writer.length, 37);
    assert.equal(bytes[0], 0b10111100);
    const reader = new BitReader(bytes);
    assert.deepEqual([reader.read(3), reader.read(2), reader.read(32)], [5, 3, 2 ** 31 + 1]);
  });
});
