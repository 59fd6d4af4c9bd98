import assert from 'node:assert/strict';
import { featuresOfImages } from '../../activities/features-of-images.js';
import { decodeNpz } from '../../ml/data/npz.js';
import { extractRows } from '../../ml/features/extract-rows.js';
import { familyNamed } from '../../ml/features/registry.js';
import { mnistSubset } from '../support/digits.js';
import { idxImages } from '../support/idx-bytes.js';
import { grayPng } from '../support/png-bytes.js';

const { x } = mnistSubset({ split: 'test', from: 0, to: 3 });
const digits = { name: 'three, "MNIST" digits', bytes: idxImages(x.data) };

/** The letters of a numpy array of texts. */
function texts(bytes: Uint8Array): string[] {
  const header = Buffer.from(bytes.subarray(0, 128)).toString('latin1');
  const [, length = 0, rows = 0] = (/'<U(\d+)'.*\((\d+),\)/.exec(header) ?? []).map(Number);
  const view = new DataView(bytes.buffer, bytes.byteOffset + 128);
  return Array.from({ length: rows }, (_, row) => String.fromCodePoint(
    ...Array.from({ length }, (_, i) => view.getUint32(4 * (row * length + i), true)).filter((code) => code !== 0),
  ));
}

describe('features of images', () => {
  it('are all 1,511 by default, one array a family, with the names of all columns', () => {
    const features = featuresOfImages([digits], { raw: false });
    assert.equal(features.rows, 3);
    assert.equal(Object.values(features.families).reduce((sum, count) => sum + count), 1511);
    const bytes = features.npz();
    const { arrays } = decodeNpz(bytes, 'npz', Object.keys(features.families));
    assert.deepEqual(arrays['zernike']?.shape, [3, 25]);
    assert.deepEqual(arrays['zernike']?.data, extractRows(x, { width: 28, height: 28 }, [familyNamed('zernike')])[0]?.data);
    assert.throws(() => decodeNpz(bytes), /'<U/); // the names are texts, which only numpy reads
  });

  it('name their columns in the order of the families', () => {
    const features = featuresOfImages([digits], { families: ['hu', 'zoning'], raw: false });
    const zip = Buffer.from(features.npz());
    const at = zip.indexOf('columns.npy') + 'columns.npy'.length; // stored, not compressed
    const end = zip.indexOf('PK', at);
    assert.deepEqual(texts(new Uint8Array(zip.subarray(at, end))), [...familyNamed('hu').columns, ...familyNamed('zoning').columns]);
  });

  it('as CSV say which image they belong to, with quotes where the name needs them', () => {
    const features = featuresOfImages([digits, { name: 'b.idx', bytes: idxImages(x.data.slice(784, 1568)) }], { families: ['hu', 'hog'], raw: false });
    const lines = [...features.csv()].join('').split('\r\n');
    assert.equal(lines.length, 6);
    assert.ok(lines[0]?.startsWith('file,image,hu.1,hu.2,') && lines[0].endsWith(',hog.r2c2.o8'));
    assert.ok(lines[3]?.startsWith('"three, ""MNIST"" digits",2,'));
    const [file, image, ...numbers] = lines[4]?.split(',') ?? [];
    assert.deepEqual([file, image], ['b.idx', '0']);
    const [hu, hog] = extractRows({ rows: 1, columns: 784, data: x.data.slice(784, 1568) }, { width: 28, height: 28 }, [familyNamed('hu'), familyNamed('hog')]);
    assert.deepEqual(Float32Array.from(numbers, Number), Float32Array.of(...hu?.data ?? [], ...hog?.data ?? []));
  });

  it('bring images of other sizes and polarity to MNIST\'s form, but leave them alone when raw', () => {
    const pixels = Uint8Array.from({ length: 40 * 32 }, (_, i) => (i % 40 > 10 && i % 40 < 15 ? 20 : 230));
    const picture = { name: 'dark.png', bytes: grayPng({ width: 40, height: 32, pixels }) };
    assert.deepEqual(featuresOfImages([picture], { families: ['hog'], raw: false }).families, { hog: 81 });
    const raw = featuresOfImages([picture], { raw: true });
    assert.deepEqual(raw.families, { hog: 180, lbp: 256, hu: 7, zernike: 25, glcm: 64, wavelet_haar: 1280, wavelet_db2: 1551, fft_magnitude: 1280 });
    const mean = decodeNpz(raw.npz(), 'npz', ['fft_magnitude']).arrays['fft_magnitude'];
    const ink = pixels.reduce((sum, value) => sum + value, 0) / 255;
    assert.deepEqual([mean?.dtype, mean?.shape], ['f8', [1, 1280]]);
    assert.ok(Math.abs(((mean?.data as Float64Array)[0] ?? NaN) - ink) < 1e-6);
  });

  it('are refused for what cannot be had: what was got and what was expected is said', () => {
    const small = { name: 'small.png', bytes: grayPng({ width: 9, height: 9, pixels: new Uint8Array(81).fill(9, 0, 40) }) };
    const large = { name: 'large.png', bytes: grayPng({ width: 129, height: 9, pixels: new Uint8Array(1161) }) };
    assert.throws(() => featuresOfImages([digits], { families: ['hogg'], raw: false }), { name: 'InvalidConfigError', message: /'hogg'/ });
    assert.throws(() => featuresOfImages([digits], { families: ['gradient'], raw: true }), { name: 'InvalidConfigError', message: /raw feature family 'gradient'; expected one of hog/ });
    assert.throws(() => featuresOfImages([digits], { families: ['hog', 'hog'], raw: false }), /named twice/);
    assert.throws(() => featuresOfImages([digits, small], { raw: true }), { name: 'InvalidDataError', message: /small.png: 9 x 9 pixels/ });
    assert.throws(() => featuresOfImages([large], { raw: true }), { name: 'InvalidDataError', message: /at most 128 x 128/ });
  });

});
