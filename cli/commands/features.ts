import { createWriteStream } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { featuresOfImages } from '../../activities/features-of-images.js';
import type { ImageFeatures } from '../../activities/features-of-images.js';
import { InvalidConfigError } from '../../shared/errors.js';
import { globalOptions } from '../global-options.js';
import { imageFileAt } from '../image-file.js';

/** `digitloom features <file...> --out x.npz|x.csv`: features of any images, outside a run. */
export function registerFeatures(program: Command): void {
  program
    .command('features')
    .description('write the features of images to an NPZ or a CSV file: of PNG, NPY, NPZ or IDX files, brought to 28 x 28 as predict does')
    .argument('<file...>', 'files with images')
    .requiredOption('--out <file>', 'an .npz (one array a family, and the names of all columns) or a .csv')
    .option('--families <names>', 'families, separated by commas (default: all)', (list) => list.split(',').map((name) => name.trim()))
    .option('--raw', 'take the images as they are, all of one size up to 128 x 128, and the definitions of scikit-image, OpenCV, mahotas, PyWavelets and NumPy')
    .addHelpText('after', '\nExamples:\n  $ digitloom features t10k-images-idx3-ubyte.gz --out features.npz\n  $ digitloom features *.png --families hog,zernike --out some.csv\n  $ digitloom features digits.npz --raw --families lbp,fft_magnitude --out raw.npz')
    .action(async (files: readonly string[], options: { out: string; families?: string[]; raw?: boolean }, command: Command) => {
      const { json } = globalOptions(command);
      const { out, families, raw = false } = options;
      if (!/\.(npz|csv)$/i.test(out)) throw new InvalidConfigError(`--out ${out}: expected a file that ends in .npz or .csv.`);
      const features = featuresOfImages(await Promise.all(files.map(imageFileAt)), { raw, ...(families && { families }) });
      await write(features, out);
      const columns = Object.values(features.families).reduce((sum, count) => sum + count, 0);
      if (json) console.log(JSON.stringify({ out, images: features.rows, columns, families: features.families }));
      else console.log(`${out}: ${features.rows} images, ${columns} numbers each (${Object.entries(features.families).map(([name, count]) => `${name} ${count}`).join(', ')})`);
    });
}

/** Nobody sees half a file: it gets its name when it is whole. */
async function write(features: ImageFeatures, out: string): Promise<void> {
  const part = `${out}.part`;
  const npz = /\.npz$/i.test(out) ? features.npz() : undefined;
  try {
    if (npz) await writeFile(part, npz);
    else await pipeline(Readable.from(features.csv()), createWriteStream(part));
    await rename(part, out);
  } catch (error) {
    await rm(part, { force: true });
    throw new InvalidConfigError(`--out ${out}: cannot be written (${(error as Error).message}).`, { cause: error });
  }
}
