import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { augmentRows } from '../ml/augment/augment-rows.js';
import { parsePipelineDocument } from '../ml/augment/pipeline-document.js';
import type { PipelineDocument } from '../ml/augment/pipeline-document.js';
import { readIdxImages } from '../ml/data/idx.js';

/*
 * Augmented images a second, on the test set of MNIST: node dist/benchmarks/augment.bench.js [threads]
 * Without a number: this thread alone. With one: that many threads, each augmenting all images under its own row numbers.
 * The pipelines do what augment.py of the Python comparison does: bilinear warps, a fresh elastic field for each image
 * (sigma 4, alpha 34), CLAHE with clip 2 on a 4 x 4 grid, fresh noise.
 */
const REPETITIONS = 7;
const SEED = 42;
const AFFINE = ['rotation', 'translation', 'scale', 'shear'];
const PIPELINES: Readonly<Record<string, readonly string[]>> = {
  'affine': AFFINE,
  'elastic': ['elastic'],
  'clahe': ['clahe'],
  'noise': ['noise'],
  'cutout': ['cutout'],
  'morphology': ['morphology'],
  'affine + elastic': [...AFFINE, 'elastic'],
  'affine + elastic + clahe + noise + cutout': [...AFFINE, 'elastic', 'clahe', 'noise', 'cutout'],
};

const file = new URL('../../data/mnist/t10k-images-idx3-ubyte.gz', import.meta.url);
const { rows, width, height, pixels } = readIdxImages(new Uint8Array(readFileSync(file)), 't10k-images');
const images = { rows, columns: width * height, data: pixels };
const documentOf = (kinds: readonly string[]): PipelineDocument => parsePipelineDocument({ version: 1, steps: kinds.map((kind) => ({ kind })) });

if (isMainThread) {
  await main(Number(process.argv[2] ?? 0));
} else {
  parentPort?.on('message', ({ kinds, pass, firstRow }: { kinds: readonly string[]; pass: number; firstRow: number }) => {
    parentPort?.postMessage(augmentRows(images, documentOf(kinds), SEED + pass, { firstRow }).data[0]);
  });
}

async function main(threads: number): Promise<void> {
  const workers = Array.from({ length: threads }, () => new Worker(fileURLToPath(import.meta.url)));
  console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}, ${rows} images a pass, ${Math.max(1, threads)} thread(s), ${REPETITIONS} repetitions`);
  let sink = 0; // printed at the end, so that no work can be optimised away
  for (const [name, kinds] of Object.entries(PIPELINES)) {
    const onePass = async (pass: number): Promise<number> => {
      if (threads === 0) {
        sink += augmentRows(images, documentOf(kinds), SEED + pass).data[0] ?? 0;
        return rows;
      }
      const answers = workers.map((worker) => once(worker, 'message'));
      workers.forEach((worker, i) => worker.postMessage({ kinds, pass, firstRow: i * rows }));
      for (const [first] of await Promise.all(answers)) sink += Number(first);
      return rows * threads;
    };
    for (let pass = 0; pass < 2; pass++) await onePass(pass); // warm-up: the compiler has seen every branch
    const rates: number[] = [];
    for (let pass = 0; pass < REPETITIONS; pass++) {
      const start = performance.now();
      const done = await onePass(pass);
      rates.push((done * 1000) / (performance.now() - start));
    }
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    const deviation = Math.sqrt(rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / rates.length);
    const figure = (value: number): string => Math.round(value).toLocaleString('en').padStart(9);
    console.log(`${name.padEnd(42)} min ${figure(Math.min(...rates))}  mean ${figure(mean)} ± ${figure(deviation).trim()}  max ${figure(Math.max(...rates))} images/s`);
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
  console.log(`(checksum ${sink})`);
}
