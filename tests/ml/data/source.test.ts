import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { encodeNpz } from '../../../ml/data/npz.js';
import { readSource } from '../../../ml/data/source.js';
import { InvalidDataError } from '../../../shared/errors.js';
import { mnistGzip, toyDigits } from '../../support/digits.js';
import { idxImages, idxLabels } from '../../support/idx-bytes.js';
import { grayPng } from '../../support/png-bytes.js';

const TRAIN = toyDigits({ rows: 24, seed: 1 });
const TEST = toyDigits({ rows: 10, seed: 2 });
const IDX = [
  { name: 'train-images.idx3', bytes: idxImages(TRAIN.x.data) },
  { name: 'train-labels.idx1', bytes: idxLabels(TRAIN.labels) },
  { name: 'test-images.idx3.gz', bytes: new Uint8Array(gzipSync(idxImages(TEST.x.data))) },
  { name: 't10k_LABELS', bytes: idxLabels(TEST.labels) },
];
const replaced = (index: number, bytes: Uint8Array): typeof IDX => IDX.map((file, i) => (i === index ? { name: file.name, bytes } : file));

describe('a source of IDX files', () => {
  it('is read in any order, gzipped or not', () => {
    const { train, test, notes } = readSource([...IDX].reverse());
    assert.deepEqual([train.rows, train.height, train.width, test?.rows], [24, 28, 28, 10]);
    assert.deepEqual(Buffer.from(train.pixels), Buffer.from(TRAIN.x.data));
    assert.deepEqual(Buffer.from(test?.labels ?? []), Buffer.from(TEST.labels));
    assert.deepEqual(notes, []);
  });

  it('may be one pair, whose kinds its magic numbers tell', () => {
    const { train, test } = readSource([{ name: 'a', bytes: idxLabels(TRAIN.labels) }, { name: 'b', bytes: idxImages(TRAIN.x.data) }]);
    assert.equal(train.rows, 24);
    assert.equal(test, undefined);
  });

  it('is refused when images and labels differ in number, naming both files', () => {
    assert.throws(() => readSource(replaced(1, idxLabels(TRAIN.labels.subarray(1)))), {
      name: 'InvalidDataError', message: /train-labels\.idx1: 23 labels for the 24 images of train-images\.idx3/,
    });
  });

  it('is refused for a label above 9, naming file and row', () => {
    const labels = TEST.labels.slice();
    labels[3] = 10;
    assert.throws(() => readSource(replaced(3, idxLabels(labels))), { name: 'InvalidDataError', message: /t10k_LABELS: label 10 in row 3/ });
  });

  it('is refused when images lie under a name for labels', () => {
    assert.throws(() => readSource(replaced(1, idxImages(TRAIN.x.data))), /train-labels\.idx1: wrong magic number 0x00000803/);
  });

  it('is refused when two files are the same part, or a part is missing', () => {
    assert.throws(() => readSource([...IDX.slice(0, 3), { name: 'more-test-images', bytes: idxImages(TEST.x.data) }]), /more-test-images and test-images\.idx3\.gz are both test images/);
    assert.throws(() => readSource(IDX.slice(2)), { name: 'InvalidDataError', message: /No file holds train images among/ });
    assert.throws(() => readSource(IDX.slice(0, 3)), { name: 'InvalidDataError', message: /3 source files \(train-images\.idx3, / });
  });

  it('is refused for a truncated gzip, naming the file', () => {
    const gzip = IDX[2]?.bytes as Uint8Array;
    assert.throws(() => readSource(replaced(2, gzip.subarray(0, gzip.length - 20))), { name: 'InvalidDataError', message: /test-images\.idx3\.gz: the gzip stream is truncated/ });
  });

  it('is recognised as MNIST by its checksums, and a change of bytes is noted', () => {
    const names = ['train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz', 't10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'];
    const files = names.map((name) => ({ name: `/some/where/${name}`, bytes: mnistGzip(name) }));
    assert.deepEqual(readSource(files).notes, ['The files are MNIST as published: all four checksums match.']);
    const labels = readSource(files).test?.labels.slice() as Uint8Array;
    labels[0] = 3;
    const changed = readSource([...files.slice(0, 3), { name: 't10k-labels-idx1-ubyte', bytes: idxLabels(labels) }]);
    assert.match(changed.notes.join(), /t10k-labels-idx1-ubyte has the name and size of MNIST's file but other bytes/);
  });
});

describe('a source of one NPZ', () => {
  const arrays = {
    x_train: { data: TRAIN.x.data, shape: [24, 28, 28] }, y_train: { data: TRAIN.labels, shape: [24] },
    x_test: { data: TEST.x.data, shape: [10, 28, 28] }, y_test: { data: TEST.labels, shape: [10] },
  };
  const npz = (changes: Partial<Record<keyof typeof arrays, Parameters<typeof encodeNpz>[0][string]>>): { name: string; bytes: Uint8Array }[] => (
    [{ name: 'digits.npz', bytes: encodeNpz({ ...arrays, ...changes }) }]
  );

  it('is read, whatever the element types', () => {
    const shape = [24, 784];
    for (const data of [TRAIN.x.data, Float32Array.from(TRAIN.x.data, (v) => v / 255), Float64Array.from(TRAIN.x.data), Int32Array.from(TRAIN.x.data)]) {
      const { train } = readSource(npz({ x_train: { data, shape }, y_train: { data: BigInt64Array.from(TRAIN.labels, BigInt), shape: [24, 1] } }));
      assert.deepEqual(Buffer.from(train.pixels), Buffer.from(TRAIN.x.data));
      assert.deepEqual(Buffer.from(train.labels), Buffer.from(TRAIN.labels));
    }
  });

  it('is refused for NaN and for values outside 0..255, naming array and image', () => {
    for (const [value, said] of [[NaN, /digits\.npz: x_train: NaN in image 1/], [-0.5, /-0\.5 in image 1/], [256, /256 in image 1/], [Infinity, /Infinity in image 1/]] as const) {
      const data = Float32Array.from(TRAIN.x.data);
      data[784 + 5] = value;
      assert.throws(() => readSource(npz({ x_train: { data, shape: [24, 28, 28] } })), { name: 'InvalidDataError', message: said });
    }
  });

  it('is refused for labels that are no digits or not one an image', () => {
    assert.throws(() => readSource(npz({ y_test: { data: Int32Array.from(TEST.labels, (v) => v - 1), shape: [10] } })), /digits\.npz: y_test: label -1 in row 0/);
    assert.throws(() => readSource(npz({ y_test: { data: Float32Array.from(TEST.labels, () => 0.5), shape: [10] } })), /label 0\.5 in row 0/);
    assert.throws(() => readSource(npz({ y_test: { data: new Uint8Array(100), shape: [10, 10] } })), /argmax/);
    assert.throws(() => readSource(npz({ y_test: { data: new Uint8Array(9), shape: [9] } })), /y_test has 9 labels for the 10 images/);
  });

  it('is refused when an array is missing, empty or of another shape', () => {
    const { x_train, y_train, x_test } = arrays;
    assert.throws(() => readSource([{ name: 'digits.npz', bytes: encodeNpz({ x_train, y_train, x_test }) }]), { name: 'InvalidDataError', message: /no array y_test/ });
    assert.throws(() => readSource(npz({ x_train: { data: new Uint8Array(0), shape: [0, 28, 28] } })), /x_train: the set is empty/);
    assert.throws(() => readSource(npz({ x_train: { data: new Uint8Array(24 * 3 * 4), shape: [24, 4, 3, 1, 1] } })), /x_train: shape \(24, 4, 3, 1, 1\)/);
  });

  it('is refused at every truncation', () => {
    const bytes = npz({})[0]?.bytes as Uint8Array;
    for (let length = 0; length < bytes.length; length += 997) {
      assert.throws(() => readSource([{ name: 'digits.npz', bytes: bytes.subarray(0, length) }]), InvalidDataError, `${length} bytes`);
    }
  });
});

describe('a source of one ZIP', () => {
  const tree = (prefix: (row: number) => string): Record<string, Uint8Array> => Object.fromEntries(Array.from(TRAIN.labels, (label, row) => [
    `${prefix(row)}${label}/${row}.png`, grayPng({ width: 28, height: 28, pixels: TRAIN.x.data.subarray(row * 784, (row + 1) * 784) }),
  ]));
  const zip = (files: Record<string, Uint8Array>): { name: string; bytes: Uint8Array }[] => [{ name: 'digits.zip', bytes: zipSync(files) }];
  const rowsOf = (pixels: Uint8Array, labels: Uint8Array): string[] => (
    Array.from(labels, (label, row) => `${label} ${Buffer.from(pixels.subarray(row * 784, (row + 1) * 784)).toString('base64')}`).sort()
  );

  it('is read as a tree of PNGs by digit, pixels and labels kept', () => {
    const { train, test } = readSource(zip(tree(() => '')));
    assert.equal(test, undefined);
    assert.deepEqual(rowsOf(train.pixels, train.labels), rowsOf(TRAIN.x.data, TRAIN.labels));
  });

  it('may name its halves under any folder; other files are left out and counted', () => {
    const source = readSource(zip({ ...tree((row) => `my/${row < 20 ? 'Train' : 'test'}/`), 'my/README.md': Uint8Array.of(1), '__MACOSX/train/1/x.png': Uint8Array.of(1) }));
    assert.deepEqual([source.train.rows, source.test?.rows], [20, 4]);
    assert.deepEqual([...source.test?.labels ?? []].sort(), [0, 1, 2, 3]);
    assert.deepEqual(source.notes, ['2 files that are no PNG were left out.']);
  });

  it('gives the same rows in the same order whatever the files are called', () => {
    const renamed = Object.fromEntries(Object.entries(tree((row) => (row < 20 ? 'train/' : 'test/'))).reverse()
      .map(([path, bytes], i) => [path.replace(/\d+\.png/, `${i}-x.png`), bytes]));
    assert.deepEqual(readSource(zip(renamed)), readSource(zip(tree((row) => (row < 20 ? 'train/' : 'test/')))));
  });

  it('is refused for folders that are no digits, half a split and damaged or blank pictures, naming each', () => {
    const files = tree(() => '');
    const png = Object.values(files)[0] as Uint8Array;
    assert.throws(() => readSource(zip({ ...files, 'ten/1.png': png })), { name: 'InvalidDataError', message: /digits\.zip: ten\/1\.png lies in a folder 'ten', which is no digit/ });
    assert.throws(() => readSource(zip({ ...files, 'train/1/1.png': png })), /1 pictures in train, 0 in test and 24 in neither/);
    assert.throws(() => readSource(zip({ ...files, '1/bad.png': png.subarray(0, 60) })), /digits\.zip: 1\/bad\.png: not a whole PNG/);
    assert.throws(() => readSource(zip({ ...files, '1/blank.png': grayPng({ width: 5, height: 5, pixels: new Uint8Array(25) }) })), /1\/blank\.png: the picture is blank/);
    assert.throws(() => readSource(zip({ 'a.txt': png })), /no \.png file in it/);
  });

  it('is taken for an NPZ when it holds arrays', () => {
    assert.throws(() => readSource([{ name: 'digits.zip', bytes: encodeNpz({ x: { data: new Uint8Array(1), shape: [1] } }) }]), /no array x_train/);
  });
});

describe('a source', () => {
  it('is refused when there is none, it is empty or one foreign file', () => {
    assert.throws(() => readSource([]), { name: 'InvalidDataError', message: /No source file; expected four IDX files/ });
    assert.throws(() => readSource([{ name: 'a.npz', bytes: new Uint8Array(0) }]), { name: 'InvalidDataError', message: /a\.npz is empty/ });
    assert.throws(() => readSource([{ name: 'train-images.gz', bytes: idxImages(TRAIN.x.data) }]), /train-images\.gz: one file alone that is no zip/);
  });
});
