import type { Images } from '../ml/data/digits.js';
import { readRawImages } from '../ml/data/read-raw-images.js';
import type { RowSource } from '../ml/features/feature-csv.js';
import { MNIST_SIDE, toMnistForm } from '../ml/image/to-mnist-form.js';
import { InvalidDataError } from '../shared/errors.js';

/** A file with images. */
export interface ImageFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Some images in a row, all of one size, and where they come from. */
export interface ImageBlock {
  readonly images: Images;
  readonly sources: readonly RowSource[];
}

/** The images of some files, in the order of the files. */
export interface ImageSequence {
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  /** Blocks of so many images, the last one of what is left. @throws InvalidDataError naming the file that cannot be used. */
  blocks(rows: number): Generator<ImageBlock>;
}

/**
 * Images of files (PNG, IDX, NPY, NPZ), block by block. A PNG is decoded when its turn comes, so that a folder of them takes no
 * more memory than the files.
 * @param raw takes the images as they are, all of one size; otherwise each is brought to MNIST's form (28 x 28, ink bright).
 * @throws InvalidDataError naming the file that cannot be used.
 */
export function imageBlocks(files: readonly ImageFile[], raw: boolean): ImageSequence {
  const sets = files.map(({ name, bytes }) => {
    if (bytes[0] === 0x89) return { name, rows: 1, read: (): Images => readRawImages(bytes, name) };
    const images = readRawImages(bytes, name);
    return { name, rows: images.rows, read: (): Images => images };
  });
  const [first] = sets;
  if (!first) throw new InvalidDataError('No file with images was given.');
  const total = sets.reduce((sum, { rows }) => sum + rows, 0);
  const { width, height } = raw ? first.read() : { width: MNIST_SIDE, height: MNIST_SIDE };

  function* everyImage(): Generator<{ readonly pixels: Uint8Array; readonly source: RowSource }> {
    for (const { name, read } of sets) {
      const images = read();
      if (raw && (images.width !== width || images.height !== height)) {
        throw new InvalidDataError(`${name}: ${images.width} x ${images.height} pixels, but ${first?.name} has ${width} x ${height}; `
          + 'raw features need images of one size. Give the sizes in calls of their own.');
      }
      const area = images.width * images.height;
      for (let image = 0; image < images.rows; image++) {
        const own = { width: images.width, height: images.height, pixels: images.pixels.subarray(image * area, (image + 1) * area) };
        yield { pixels: raw ? own.pixels : toMnistForm(own, images.rows === 1 ? name : `${name}: image ${image}`).pixels, source: { file: name, image } };
      }
    }
  }

  return {
    rows: total,
    width,
    height,
    *blocks(rows) {
      const area = width * height;
      let pixels = new Uint8Array(0);
      let sources: RowSource[] = [];
      let done = 0;
      for (const image of everyImage()) {
        if (sources.length === 0) pixels = new Uint8Array(Math.min(rows, total - done) * area);
        pixels.set(image.pixels, sources.length * area);
        sources.push(image.source);
        done++;
        if (sources.length * area < pixels.length) continue;
        yield { images: { rows: sources.length, width, height, pixels }, sources };
        sources = [];
      }
    },
  };
}
