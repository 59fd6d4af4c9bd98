import { createHash } from 'node:crypto';

/** MNIST as published by LeCun, Cortes and Burges: bytes and MD5 of each file without gzip. */
const MNIST_FILES: Readonly<Record<string, { readonly bytes: number; readonly md5: string }>> = {
  'train-images-idx3-ubyte': { bytes: 47040016, md5: '6bbc9ace898e44ae57da46a324031adb' },
  'train-labels-idx1-ubyte': { bytes: 60008, md5: 'a25bea736e30d166cdddb491f175f624' },
  't10k-images-idx3-ubyte': { bytes: 7840016, md5: '2646ac647ad5339dbf082846283269ea' },
  't10k-labels-idx1-ubyte': { bytes: 10008, md5: '27ae3e4e09519cfbb04c329615203637' },
};

/**
 * Whether a file that carries one of MNIST's names and has its size holds its bytes: `equal`, `different`, or
 * `unknown` for any other file.
 * @param name with or without folders and `.gz`; @param content the inflated bytes.
 */
export function compareWithMnist(name: string, content: Uint8Array): 'equal' | 'different' | 'unknown' {
  const base = (name.split(/[/\\]/).at(-1) ?? name).replace(/\.gz$/i, '').replace('.idx', '-idx');
  const known = Object.hasOwn(MNIST_FILES, base) ? MNIST_FILES[base] : undefined;
  if (known === undefined || known.bytes !== content.length) return 'unknown';
  return createHash('md5').update(content).digest('hex') === known.md5 ? 'equal' : 'different';
}
