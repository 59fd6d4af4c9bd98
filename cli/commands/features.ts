import type { Command } from 'commander';
import { loadSteps } from '../../activities/step-catalogue.js';
import { InvalidConfigError } from '../../shared/errors.js';
import { globalOptions } from '../global-options.js';
import { imageFileAt } from '../image-file.js';
import { untilInterrupted } from '../until-interrupted.js';

interface Options {
  readonly out: string;
  readonly families?: readonly string[];
  readonly raw?: boolean;
  readonly keypoints?: boolean;
  readonly edges?: boolean;
}

/** `digitloom features <file...> --out x.npz|x.csv`: features of any images, outside a run. */
export function registerFeatures(program: Command): void {
  program
    .command('features')
    .description('write the features of images to an NPZ or a CSV file: of PNG, NPY, NPZ or IDX files, brought to 28 x 28 as predict does')
    .argument('<file...>', 'files with images')
    .requiredOption('--out <file>', 'an .npz (one array a family, and the names of all columns) or a .csv')
    .option('--families <names>', 'families, separated by commas, or none (default: all)', (list) => (list.trim() === 'none' ? [] : list.split(',').map((name) => name.trim())))
    .option('--raw', 'take the images as they are, all of one size up to 128 x 128, and the definitions of scikit-image, OpenCV, mahotas, PyWavelets and NumPy')
    .option('--keypoints', 'SIFT keypoints and their descriptors too (arrays keypoints, descriptors and keypoint_offsets; NPZ only)')
    .option('--edges', 'edge maps by Canny too (array edges; NPZ only)')
    .addHelpText('after', '\nExamples:\n  $ digitloom features t10k-images-idx3-ubyte.gz --out features.npz\n  $ digitloom features *.png --families hog,zernike --out some.csv\n  $ digitloom features digits.npz --raw --families lbp,fft_magnitude --out raw.npz\n  $ digitloom features digits.npz --families none --keypoints --edges --out keypoints.npz')
    .action(async (files: readonly string[], { out, ...options }: Options, command: Command) => {
      const { json } = globalOptions(command);
      if (!/\.(npz|csv)$/i.test(out)) throw new InvalidConfigError(`--out ${out}: expected a file that ends in .npz or .csv.`);
      const { writeFeatures } = await import('../../activities/features-of-images.js'); // not loaded by the other verbs
      const interrupted = untilInterrupted();
      try {
        const images = await Promise.all(files.map(imageFileAt));
        const { rows, families, keypoints } = await writeFeatures(await loadSteps(), images, out, { raw: false, ...options, signal: interrupted.signal });
        const columns = Object.values(families).reduce((sum, count) => sum + count, 0);
        if (json) return console.log(JSON.stringify({ out, images: rows, columns, families, ...(keypoints !== undefined && { keypoints }), edges: options.edges === true }));
        const parts = [
          ...(columns > 0 ? [`${columns} numbers each (${Object.entries(families).map(([name, count]) => `${name} ${count}`).join(', ')})`] : []),
          ...(keypoints !== undefined ? [`${keypoints} keypoints`] : []),
          ...(options.edges ? ['edge maps'] : []),
        ];
        console.log(`${out}: ${rows} images, ${parts.join(', ')}`);
      } finally {
        interrupted.release();
      }
    });
}
