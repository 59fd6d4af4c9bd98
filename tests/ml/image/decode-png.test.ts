import assert from 'node:assert/strict';
import { decodePng } from '../../../ml/image/decode-png.js';
import { InvalidDataError } from '../../../shared/errors.js';
import { grayPng, pngBytes } from '../../support/png-bytes.js';

describe('decodePng', () => {
  it('returns grey pixels as they are and colours by their luma', () => {
    const pixels = Uint8Array.of(0, 1, 100, 254, 255, 7);
    assert.deepEqual(decodePng(grayPng({ width: 3, height: 2, pixels }), 'a.png'), { width: 3, height: 2, pixels });
    assert.deepEqual([...decodePng(pngBytes(2, 1, (x) => (x === 0 ? [255, 0, 0, 255] : [0, 255, 0, 255])), 'a.png').pixels], [76, 150]);
  });

  it('lays transparent pictures on white', () => {
    assert.deepEqual([...decodePng(pngBytes(3, 1, (x) => [0, 0, 0, [0, 51, 255][x] ?? 0]), 'a.png').pixels], [255, 204, 0]);
  });

  it('sees white ink on nothing', () => {
    assert.deepEqual([...decodePng(pngBytes(3, 1, (x) => [255, 255, 255, [0, 51, 255][x] ?? 0]), 'a.png').pixels], [255, 204, 0]);
  });

  it('refuses every truncation, naming the file', () => {
    const bytes = grayPng({ width: 28, height: 28, pixels: Uint8Array.from({ length: 784 }, (_, i) => i) });
    for (let length = 0; length < bytes.length; length++) {
      assert.throws(() => decodePng(bytes.subarray(0, length), 'cut.png'), (error) => error instanceof InvalidDataError && error.message.startsWith('cut.png: '), `${length} bytes`);
    }
  });
});
