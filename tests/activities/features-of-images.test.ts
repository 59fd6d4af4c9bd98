import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFeatures } from '../../activities/features-of-images.js';
import type { FeatureOptions, WrittenFeatures } from '../../activities/features-of-images.js';
import type { ImageFile } from '../../activities/image-blocks.js';
import type { StepCatalogue } from '../../activities/step-catalogue.js';
import { encodeNpy } from '../../ml/data/npy.js';
import { decodeNpz } from '../../ml/data/npz.js';
import { extractEdges } from '../../ml/features/edges/extract-edges.js';
import { extractRows } from '../../ml/features/extract-rows.js';
import { extractKeypoints } from '../../ml/features/keypoints/extract-keypoints.js';
import { familyNamed } from '../../ml/features/registry.js';
import { mnistSubset } from '../support/digits.js';
import { idxImages } from '../support/idx-bytes.js';
import { grayPng } from '../support/png-bytes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const ROWS = 1100; // two blocks
const { x } = mnistSubset({ split: 'test', from: 0, to: ROWS });
const digits = { name: 'three, "MNIST" digits', bytes: idxImages(x.data.slice(0, 3 * 784)) };
const many = { name: 'many.npy', bytes: encodeNpy(x.data, [ROWS, 28, 28]) };
const images = { rows: ROWS, width: 28, height: 28, pixels: x.data };

/** The step as it was compiled, in place of its bundle. */
const steps: StepCatalogue = {
  named: (name) => ({ name, kind: 'thread', version: 'v1', libraries: {}, entry: new URL(`../../activities/tasks/${name}.task.js`, import.meta.url).href }),
};

/** The letters of a numpy array of texts. */
function texts(bytes: Uint8Array): string[] {
  const header = Buffer.from(bytes.subarray(0, 128)).toString('latin1');
  const [, length = 0, rows = 0] = (/'<U(\d+)'.*\((\d+),\)/.exec(header) ?? []).map(Number);
  const view = new DataView(bytes.buffer, bytes.byteOffset + 128);
  return Array.from({ length: rows }, (_, row) => String.fromCodePoint(
    ...Array.from({ length }, (_, i) => view.getUint32(4 * (row * length + i), true)).filter((code) => code !== 0),
  ));
}

describe('features of images', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  interface Written {
    readonly result: WrittenFeatures;
    readonly bytes: Uint8Array;
  }
  const written = async (files: readonly ImageFile[], options: FeatureOptions, name = 'out.npz'): Promise<Written> => {
    const out = join(folder(), name);
    const result = await writeFeatures(steps, files, out, options);
    return { result, bytes: await readFile(out) };
  };

  it('are all 1,511 by default, one array a family, with the names of all columns', async () => {
    const { result: { rows, families }, bytes } = await written([digits], { raw: false });
    assert.equal(rows, 3);
    assert.equal(Object.values(families).reduce((sum, count) => sum + count), 1511);
    const { arrays } = decodeNpz(bytes, 'npz', Object.keys(families));
    assert.deepEqual(arrays['zernike']?.shape, [3, 25]);
    assert.deepEqual(arrays['zernike']?.data, extractRows({ rows: 3, columns: 784, data: x.data.slice(0, 3 * 784) }, { width: 28, height: 28 }, [familyNamed('zernike')])[0]?.data);
    assert.throws(() => decodeNpz(bytes), /'<U/); // the names are texts, which only numpy reads
  });

  it('name their columns in the order of the families', async () => {
    const { bytes } = await written([digits], { families: ['hu', 'zoning'], raw: false });
    const zip = Buffer.from(bytes);
    const at = zip.indexOf('columns.npy') + 'columns.npy'.length; // stored, not compressed
    const end = zip.indexOf('PK', at);
    assert.deepEqual(texts(new Uint8Array(zip.subarray(at, end))), [...familyNamed('hu').columns, ...familyNamed('zoning').columns]);
  });

  it('keep the order of the images over all blocks and files, whatever the number of threads', async () => {
    const { bytes } = await written([digits, many], { families: ['hu', 'fourier'], raw: false, threads: 2 });
    const { arrays } = decodeNpz(bytes, 'npz', ['hu', 'fourier']);
    const data = Uint8Array.from(Buffer.concat([x.data.subarray(0, 3 * 784), x.data]));
    const expected = extractRows({ rows: ROWS + 3, columns: 784, data }, { width: 28, height: 28 }, [familyNamed('hu'), familyNamed('fourier')]);
    assert.deepEqual([arrays['hu']?.data, arrays['fourier']?.data], expected.map((matrix) => matrix.data));
    assert.deepEqual((await written([digits, many], { families: ['hu', 'fourier'], raw: false, threads: 1 })).bytes, bytes);
  });

  it('go with keypoints and edge maps of every image, and these also alone', async () => {
    const { result, bytes } = await written([many], { families: [], raw: false, keypoints: true, edges: true });
    const { arrays, files } = decodeNpz(bytes);
    const expected = extractKeypoints(images);
    assert.deepEqual(Object.keys(arrays).sort(), ['descriptors', 'edges', 'keypoint_offsets', 'keypoints']);
    assert.deepEqual(files, {});
    assert.deepEqual(arrays['keypoint_offsets'], { dtype: 'i4', shape: [ROWS + 1], data: expected.offsets });
    assert.deepEqual(arrays['keypoints'], { dtype: 'f4', shape: [result.keypoints, 5], data: expected.keypoints });
    assert.deepEqual(arrays['descriptors'], { dtype: 'f4', shape: [result.keypoints, 128], data: expected.descriptors });
    assert.deepEqual(arrays['edges'], { dtype: 'u1', shape: [ROWS, 28, 28], data: extractEdges(images) });
    assert.deepEqual((await readdir(folder())).filter((name) => name.includes('part')), []);
  });

  it('as CSV say which image they belong to, with quotes where the name needs them', async () => {
    const { bytes } = await written([digits, { name: 'b.idx', bytes: idxImages(x.data.slice(784, 1568)) }], { families: ['hu', 'hog'], raw: false }, 'out.csv');
    const lines = new TextDecoder().decode(bytes).split('\r\n');
    assert.equal(lines.length, 6);
    assert.ok(lines[0]?.startsWith('file,image,hu.1,hu.2,') && lines[0].endsWith(',hog.r2c2.o8'));
    assert.ok(lines[3]?.startsWith('"three, ""MNIST"" digits",2,'));
    const [file, image, ...numbers] = lines[4]?.split(',') ?? [];
    assert.deepEqual([file, image], ['b.idx', '0']);
    const [hu, hog] = extractRows({ rows: 1, columns: 784, data: x.data.slice(784, 1568) }, { width: 28, height: 28 }, [familyNamed('hu'), familyNamed('hog')]);
    assert.deepEqual(Float32Array.from(numbers, Number), Float32Array.of(...hu?.data ?? [], ...hog?.data ?? []));
  });

  it('bring images of other sizes and polarity to MNIST\'s form, but leave them alone when raw', async () => {
    const pixels = Uint8Array.from({ length: 40 * 32 }, (_, i) => (i % 40 > 10 && i % 40 < 15 ? 20 : 230));
    const picture = { name: 'dark.png', bytes: grayPng({ width: 40, height: 32, pixels }) };
    assert.deepEqual((await written([picture], { families: ['hog'], raw: false })).result.families, { hog: 81 });
    const raw = await written([picture], { raw: true, edges: true });
    assert.deepEqual(raw.result.families, { hog: 180, lbp: 256, hu: 7, zernike: 25, glcm: 64, wavelet_haar: 1280, wavelet_db2: 1551, fft_magnitude: 1280 });
    const { fft_magnitude: mean, edges } = decodeNpz(raw.bytes, 'npz', ['fft_magnitude', 'edges']).arrays;
    const ink = pixels.reduce((sum, value) => sum + value, 0) / 255;
    assert.deepEqual([mean?.dtype, mean?.shape], ['f8', [1, 1280]]);
    assert.ok(Math.abs(((mean?.data as Float64Array)[0] ?? NaN) - ink) < 1e-6);
    assert.deepEqual(edges?.shape, [1, 32, 40]);
  });

  it('are refused for what cannot be had: what was got and what was expected is said, and nothing is left behind', async () => {
    const small = { name: 'small.png', bytes: grayPng({ width: 9, height: 9, pixels: new Uint8Array(81).fill(9, 0, 40) }) };
    const large = { name: 'large.png', bytes: grayPng({ width: 129, height: 9, pixels: new Uint8Array(1161) }) };
    const blank = { name: 'blank.npy', bytes: encodeNpy(new Uint8Array(2 * 784), [2, 28, 28]) };
    const before = await readdir(folder());
    await assert.rejects(written([digits], { families: ['hogg'], raw: false }, 'no.npz'), { name: 'InvalidConfigError', message: /'hogg'/ });
    await assert.rejects(written([digits], { families: ['gradient'], raw: true }, 'no.npz'), { name: 'InvalidConfigError', message: /raw feature family 'gradient'; expected one of hog/ });
    await assert.rejects(written([digits], { families: ['hog', 'hog'], raw: false }, 'no.npz'), /named twice/);
    await assert.rejects(written([digits], { families: [], raw: false }, 'no.npz'), /Nothing is to be written/);
    await assert.rejects(written([digits], { raw: false, keypoints: true }, 'no.csv'), { name: 'InvalidConfigError', message: /no\.csv: keypoints .* \.npz/ });
    await assert.rejects(written([digits, small], { raw: true }, 'no.npz'), { name: 'InvalidDataError', message: /small.png: 9 x 9 pixels/ });
    await assert.rejects(written([large], { raw: true }, 'no.npz'), { name: 'InvalidDataError', message: /at most 128 x 128/ });
    await assert.rejects(written([many, blank], { families: ['hu'], raw: false, keypoints: true }, 'no.npz'), { name: 'InvalidDataError', message: /blank.npy: image 0: the picture is blank/ });
    await assert.rejects(writeFeatures(steps, [digits], join(folder(), 'none', 'no.npz'), { families: ['hu'], raw: false }), { name: 'InvalidConfigError', message: /cannot be written \(ENOENT/ });
    assert.deepEqual(await readdir(folder()), before);
  });

  it('leave the old file as it was when they are interrupted', async () => {
    await written([digits], { families: ['hu'], raw: false }, 'kept.npz');
    const before = await readFile(join(folder(), 'kept.npz'));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    await assert.rejects(written([many, many, many, many], { raw: false, keypoints: true, signal: controller.signal }, 'kept.npz'), { name: 'AbortError' });
    assert.deepEqual(await readFile(join(folder(), 'kept.npz')), before);
    assert.deepEqual((await readdir(folder())).filter((name) => name.includes('part')), []);
  });
});
