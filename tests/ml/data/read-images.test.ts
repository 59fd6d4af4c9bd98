import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { encodeNpy } from '../../../ml/data/npy.js';
import { encodeNpz } from '../../../ml/data/npz.js';
import { readImages } from '../../../ml/data/read-images.js';
import { mnistSubset } from '../../support/digits.js';
import { idxImages } from '../../support/idx-bytes.js';
import { grayPng } from '../../support/png-bytes.js';

const { x } = mnistSubset({ split: 'test', from: 0, to: 3 });
const first = x.data.slice(0, 784);

describe('readImages', () => {
  it('reads the same digits from IDX, gzip, NPY and NPZ, as bytes or as parts of full ink', () => {
    const floats = Float32Array.from(x.data, (value) => value / 255);
    for (const bytes of [
      idxImages(x.data), new Uint8Array(gzipSync(idxImages(x.data))), encodeNpy(x.data, [3, 28, 28]), encodeNpy(floats, [3, 784]),
      encodeNpz({ x_test: { data: x.data, shape: [3, 28, 28] }, y_test: { data: Uint8Array.of(7, 2, 1), shape: [3] } }),
    ]) {
      assert.deepEqual(readImages(bytes, 'digits'), { rows: 3, columns: 784, data: x.data });
    }
  });

  it('reads one digit from a PNG or a plain matrix, dark on white too', () => {
    const inverted = first.map((value) => 255 - value);
    for (const bytes of [grayPng({ width: 28, height: 28, pixels: inverted }), encodeNpy(inverted, [28, 28])]) {
      assert.deepEqual(readImages(bytes, 'digit'), { rows: 1, columns: 784, data: first });
    }
  });

  it('names the file, and the image that is blank', () => {
    const pixels = x.data.slice();
    pixels.fill(0, 784, 2 * 784);
    assert.throws(() => readImages(idxImages(pixels), 'set.idx'), { name: 'InvalidDataError', message: /set\.idx: image 1: the picture is blank/ });
    assert.throws(() => readImages(new TextEncoder().encode('JFIF....'), 'a.jpg'), { name: 'InvalidDataError', message: /a\.jpg: 8 bytes that are no image; expected a PNG/ });
    assert.throws(() => readImages(encodeNpz({ z: { data: first, shape: [784] } }), 'z.npz'), /z\.npz: no array of images in it; expected one named images, x,/);
    assert.throws(() => readImages(new Uint8Array(0), 'none'), { name: 'InvalidDataError', message: /none: 0 bytes/ });
  });
});
