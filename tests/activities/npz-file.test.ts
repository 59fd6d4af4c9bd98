import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NpzFile } from '../../activities/npz-file.js';
import { encodeNpy } from '../../ml/data/npy.js';
import { decodeNpz, encodeNpz } from '../../ml/data/npz.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const a = Float32Array.of(1.5, 2, 3, 4, 5, 6);
const b = Int32Array.of(7, 8, 9);
const bytes = (array: Float32Array | Int32Array): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

describe('an NPZ file that is written piece by piece', () => {
  const folder = temporaryFolder();

  it('holds arrays whose rows came in turns, also of unknown number, and no file beside it is left', async () => {
    const path = join(folder(), 'x.npz');
    const npz = await NpzFile.create(path, [{ name: 'a', descriptor: '<f4', row: [2], rows: 3 }, { name: 'grown', descriptor: '<f4', row: [3] }, { name: 'b', descriptor: '<i4', row: [], rows: 3 }, { name: 'empty', descriptor: '<i4', row: [4] }]);
    await npz.append('b', bytes(b.subarray(0, 2)));
    await npz.append('grown', bytes(a.subarray(0, 3)));
    await npz.append('a', bytes(a.subarray(0, 2)));
    assert.deepEqual((await readdir(folder())).length, 3);
    await npz.append('grown', bytes(a.subarray(3)));
    await npz.append('a', bytes(a.subarray(2)));
    await npz.append('b', bytes(b.subarray(2)));
    await npz.finish({ 'note.txt': new TextEncoder().encode('note') });
    await npz.close();
    const { arrays, files } = decodeNpz(await readFile(path));
    assert.deepEqual(arrays, {
      a: { dtype: 'f4', shape: [3, 2], data: a }, b: { dtype: 'i4', shape: [3], data: b },
      grown: { dtype: 'f4', shape: [2, 3], data: a }, empty: { dtype: 'i4', shape: [0, 4], data: new Int32Array(0) },
    });
    assert.equal(new TextDecoder().decode(files['note.txt']), 'note');
    assert.deepEqual(await readdir(folder()), ['x.npz']);
  });

  it('has the very bytes of one that is written at once', async () => {
    const path = join(folder(), 'x.npz');
    const npz = await NpzFile.create(path, [{ name: 'a', descriptor: '<f4', row: [2], rows: 3 }]);
    await npz.append('a', bytes(a));
    await npz.finish({ 'b.npy': encodeNpy(b, [3]) });
    await npz.close();
    const whole = encodeNpz({ a: { data: a, shape: [3, 2] }, b: { data: b, shape: [3] } });
    assert.deepEqual(new Uint8Array(await readFile(path)), whole);
  });

  it('refuses to end with rows missing', async () => {
    const npz = await NpzFile.create(join(folder(), 'x.npz'), [{ name: 'a', descriptor: '<f4', row: [2], rows: 3 }]);
    await npz.append('a', bytes(a.subarray(0, 4)));
    await assert.rejects(npz.finish({}), { name: 'InternalError', message: /144 bytes of 'a' were written, 152 announced/ });
    await npz.close();
  });
});
