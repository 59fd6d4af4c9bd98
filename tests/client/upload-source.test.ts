import { strict as assert } from 'node:assert';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { uploadSource } from '../../client/upload-source.js';
import { InvalidDataError } from '../../shared/errors.js';
import { MemoryStore } from '../../storage/memory-store.js';

describe('a data set on disk', () => {
  let root: string;
  let number = 0;
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'digitloom-upload-'));
  });
  after(() => rm(root, { recursive: true }));

  const folderOf = async (files: Readonly<Record<string, string>>): Promise<string> => {
    const folder = join(root, `set-${++number}`);
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    return folder;
  };
  const IDX = { 'train-images-idx3-ubyte.gz': 'a', 'train-labels-idx1-ubyte.gz': 'b', 't10k-images-idx3-ubyte.gz': 'c', 't10k-labels-idx1-ubyte.gz': 'd', LICENSE: 'x' };

  it('of four IDX files goes to the store by their names, and nothing else does', async () => {
    const store = new MemoryStore();
    const files = await uploadSource(store, [await folderOf(IDX)]);
    assert.deepEqual(files.map(({ name }) => name), Object.keys(IDX).filter((name) => name !== 'LICENSE').sort());
    assert.equal(new TextDecoder().decode(await store.get(files[0]?.ref as never)), 'c');
  });

  it('takes the plain file where the same lies there gzipped', async () => {
    const plain = Object.fromEntries(Object.entries(IDX).filter(([name]) => name.endsWith('.gz')).map(([name, text]) => [name.replace('.gz', ''), text]));
    const files = await uploadSource(new MemoryStore(), [await folderOf({ ...IDX, ...plain })]);
    assert.deepEqual(files.map(({ name }) => name), Object.keys(plain).sort());
  });

  it('of pictures becomes one archive whose bytes are the same every time', async () => {
    const pictures = { 'train/7/b.png': 'seven', 'train/1/a.png': 'one', 'test/7/c.PNG': 'another', 'notes.txt': 'x' };
    const store = new MemoryStore();
    const [first] = await uploadSource(store, [await folderOf(pictures)]);
    assert.ok(first);
    assert.match(first.name, /^set-\d+\.zip$/);
    assert.deepEqual(Object.keys(unzipSync(await store.get(first.ref))).sort(), ['test/7/c.PNG', 'train/1/a.png', 'train/7/b.png']);
    const [again] = await uploadSource(store, [await folderOf(Object.fromEntries(Object.entries(pictures).reverse()))]);
    assert.equal(again?.ref.digest, first.ref.digest);
  });

  it('may be one NPZ, by its path or in a folder of its own, or IDX files by their paths', async () => {
    const folder = await folderOf({ 'mnist.npz': 'n' });
    assert.deepEqual((await uploadSource(new MemoryStore(), [folder])).map(({ name }) => name), ['mnist.npz']);
    assert.deepEqual((await uploadSource(new MemoryStore(), [join(folder, 'mnist.npz')])).map(({ name }) => name), ['mnist.npz']);
    const idx = await folderOf(IDX);
    const paths = ['train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz'].map((name) => join(idx, name));
    assert.equal((await uploadSource(new MemoryStore(), paths)).length, 2);
  });

  const refused = async (paths: readonly string[], message: RegExp): Promise<void> => {
    await assert.rejects(uploadSource(new MemoryStore(), paths), (error: Error) => {
      assert.ok(error instanceof InvalidDataError);
      assert.match(error.message, message);
      assert.match(error.message, /expected a folder with four IDX files/);
      return true;
    });
  };

  it('is refused, saying what was found, where there is none', async () => {
    await refused([join(root, 'nowhere')], /nowhere: there is no such file or folder/);
    await refused([await folderOf({ 'a.txt': 'x', 'b.png': 'y' })], /holds 2 files, of which 0 are \.npz and 1 are \.png, none of them in a folder named by its digit/);
    await refused([await folderOf({ 'train-images-idx3-ubyte': 'x' })], /holds 1 IDX files \(train-images-idx3-ubyte\)/);
    await refused([join(await folderOf({ 'digits.csv': 'x' }), 'digits.csv')], /digits\.csv: no data set/);
    await refused([await folderOf(IDX), await folderOf(IDX)], /is a folder among other paths/);
    await refused([], /No data were named/);
  });
});
