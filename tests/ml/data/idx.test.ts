import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { readIdxImages, readIdxLabels } from '../../../ml/data/idx.js';
import { InvalidDataError } from '../../../shared/errors.js';
import { idxBytes, idxImages, idxLabels } from '../../support/idx-bytes.js';

const PIXELS = Uint8Array.from({ length: 2 * 3 * 3 }, (_, i) => i);

describe('idx', () => {
  it('reads images and labels, gzipped or not', () => {
    for (const pack of [(bytes: Uint8Array) => bytes, (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes))]) {
      const { rows, height, width, pixels } = readIdxImages(pack(idxImages(PIXELS, 3)), 'images');
      assert.deepEqual({ rows, height, width, pixels: [...pixels] }, { rows: 2, height: 3, width: 3, pixels: [...PIXELS] });
      assert.deepEqual([...readIdxLabels(pack(idxLabels(Uint8Array.of(7, 0))), 'labels')], [7, 0]);
    }
  });

  it('says which file has which wrong magic number, and what it means', () => {
    const labels = idxLabels(Uint8Array.of(1));
    assert.throws(() => readIdxImages(labels, 'train-images'), {
      name: 'InvalidDataError', message: /train-images: wrong magic number 0x00000801 \(IDX labels.*expected 0x00000803 \(IDX images/,
    });
    assert.throws(() => readIdxImages(idxBytes(0x0d03, [1, 1, 1], new Uint8Array(4)), 'f'), /IDX of 32-bit floats in 3 dimensions/);
    assert.throws(() => readIdxLabels(new TextEncoder().encode('<html>not found'), 'page'), /page: wrong magic number 0x3c68746d \(not an IDX file\)/);
  });

  it('refuses an empty set and sizes that do not fit the header', () => {
    assert.throws(() => readIdxImages(idxBytes(0x0803, [0, 28, 28], new Uint8Array(0)), 'none'), { name: 'InvalidDataError', message: /none: the set is empty/ });
    assert.throws(() => readIdxLabels(idxBytes(0x0801, [3], new Uint8Array(4)), 'long'), /long: the file has bytes to spare.*11 bytes in all, got 12/);
    assert.throws(() => readIdxImages(idxBytes(0x0803, [2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1], PIXELS), 'vast'), /vast: the file is truncated/);
  });

  it('refuses every truncation, plain or gzipped, and never returns garbage', () => {
    const plain = idxImages(PIXELS, 3);
    const files = [plain, new Uint8Array(gzipSync(plain))];
    for (const file of files) {
      for (let length = 0; length < file.length; length++) {
        assert.throws(() => readIdxImages(file.slice(0, length), 'cut'), (error) => error instanceof InvalidDataError && error.message.startsWith('cut: '));
      }
    }
  });

  it('says that a gzip file is truncated', () => {
    const file = new Uint8Array(gzipSync(idxImages(PIXELS, 3)));
    assert.throws(() => readIdxImages(file.slice(0, -4), 'cut.gz'), /cut\.gz: the gzip stream is truncated/);
  });

  it('never reads other pixels from a gzip file with any byte of its content changed', () => {
    const file = new Uint8Array(gzipSync(idxImages(PIXELS, 3)));
    const whole = readIdxImages(file, 'good.gz');
    fc.assert(fc.property(fc.integer({ min: 10, max: file.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const damaged = file.slice();
      damaged[at] = (damaged[at] as number) ^ change;
      try {
        assert.deepEqual(readIdxImages(damaged, 'bad.gz'), whole); // the last bits of a deflate stream only pad its last byte
      } catch (error) {
        assert.ok(error instanceof InvalidDataError, String(error));
      }
    }));
  });

  it('answers any bytes with an image set or InvalidDataError', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (tail, withMagic) => {
      const bytes = withMagic ? Uint8Array.of(0, 0, 8, 3, ...tail) : tail;
      try {
        const { rows, height, width, pixels } = readIdxImages(bytes, 'any');
        assert.equal(pixels.length, rows * height * width);
      } catch (error) {
        assert.ok(error instanceof InvalidDataError, String(error));
      }
    }));
  });
});
