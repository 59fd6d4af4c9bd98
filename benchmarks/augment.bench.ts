import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { ProgressState } from '../activities/bridge/progress-state.js';
import { runInThread } from '../activities/bridge/run-in-thread.js';
import { loadSteps } from '../activities/step-catalogue.js';
import { augmentRows } from '../ml/augment/augment-rows.js';
import { parsePipelineDocument } from '../ml/augment/pipeline-document.js';
import type { PipelineDocument } from '../ml/augment/pipeline-document.js';
import { readIdxImages } from '../ml/data/idx.js';
import { decodeNpy, encodeNpy } from '../ml/data/npy.js';
import { runPeer } from './run-peer.js';

/*
 * Augmented images a second, on the test set of MNIST:
 * node dist/benchmarks/augment.bench.js [threads] [--stream] [--python <interpreter> --peer <augment.py>] [--peer-images 5000]
 * Without a number: this thread alone. With one: that many threads, each augmenting all images under its own row numbers.
 * With --stream: 350,000 images (70,000 five times, the chain of five) through the built step in shards, and the peak memory.
 * With a peer (numpy, scipy, scikit-image, opencv-python-headless): its OpenCV figures, in one process, and the ratios to them.
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
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { stream: { type: 'boolean', default: false }, python: { type: 'string' }, peer: { type: 'string' }, 'peer-images': { type: 'string', default: '5000' } },
  });
  const threads = Number(positionals[0] ?? 0);
  if (values.stream) {
    for (const count of [10_000, 70_000]) await stream(count, Math.max(1, threads));
  } else {
    const rates = await main(threads);
    if (values.python && values.peer) compare(rates, values.python, values.peer, Number(values['peer-images']));
  }
} else {
  parentPort?.on('message', ({ kinds, pass, firstRow }: { kinds: readonly string[]; pass: number; firstRow: number }) => {
    parentPort?.postMessage(augmentRows(images, documentOf(kinds), SEED + pass, { firstRow }).data[0]);
  });
}

async function main(threads: number): Promise<Map<string, number>> {
  const means = new Map<string, number>();
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
    means.set(name, mean);
    const deviation = Math.sqrt(rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / rates.length);
    const figure = (value: number): string => Math.round(value).toLocaleString('en').padStart(9);
    console.log(`${name.padEnd(42)} min ${figure(Math.min(...rates))}  mean ${figure(mean)} ± ${figure(deviation).trim()}  max ${figure(Math.max(...rates))} images/s`);
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
  console.log(`(checksum ${sink})`);
  return means;
}

/** OpenCV's rates beside ours; affine + elastic has no line of its own there, so its two times are added. */
function compare(ours: ReadonlyMap<string, number>, python: string, script: string, peerImages: number): void {
  const lines = runPeer({ python, script, mnist: fileURLToPath(new URL('../../data/mnist', import.meta.url)), images: peerImages });
  const rateOf = (what: string): number => {
    const rate = lines.find((line) => line.what === what)?.images_per_s;
    if (rate === undefined) throw new Error(`${script} printed no ${what}.`);
    return rate;
  };
  const [affine, elastic] = [rateOf('affine_cv2_warpAffine'), rateOf('elastic_cv2_blur_remap')];
  const peers = {
    'affine': affine,
    'elastic': elastic,
    'clahe': rateOf('clahe_cv2'),
    'affine + elastic': 1 / (1 / affine + 1 / elastic),
    'affine + elastic + clahe + noise + cutout': rateOf('pipeline_cv2_affine+elastic+clahe+noise+cutout'),
  };
  for (const line of lines) console.log(JSON.stringify({ peer: true, ...line }));
  for (const [name, peer] of Object.entries(peers)) {
    const rate = ours.get(name) ?? NaN;
    console.log(JSON.stringify({ what: name, ours: Math.round(rate), peer: Math.round(peer), ratio: Math.round((100 * rate) / peer) / 100 }));
  }
}

/** Five copies of so many images through the step `augment`, shard after shard as the pipeline has them. */
async function stream(count: number, threads: number): Promise<void> {
  const [SHARD, COPIES] = [1000, 5];
  const { entry } = (await loadSteps()).named('augment');
  const pool = new Piscina({ minThreads: threads, maxThreads: threads });
  const document = { version: 1, steps: [...AFFINE, 'elastic', 'clahe', 'noise', 'cutout'].map((kind) => ({ kind })) };
  const start = performance.now();
  let [from, made, sink] = [0, 0, 0];
  const next = async (): Promise<void> => {
    while (from < count) {
      const firstRow = from;
      from = Math.min(count, from + SHARD);
      const shardRows = from - firstRow;
      const at = (firstRow % rows) * 784;
      const shard = encodeNpy(pixels.subarray(at, at + shardRows * 784), [shardRows, 28, 28]);
      const input = { params: { document, copies: COPIES, firstRow, rows: shardRows, seed: SEED }, seed: SEED, inputs: { images: [shard] }, native: {} };
      const { outputs } = await runInThread({ pool, entry, input, state: new ProgressState(), signal: new AbortController().signal });
      const augmented = decodeNpy(outputs['images']?.bytes ?? new Uint8Array(0), 'images');
      made += augmented.shape[0] ?? 0;
      sink += Number(augmented.data[400]);
    }
  };
  await Promise.all(Array.from({ length: threads }, next));
  await pool.destroy();
  const seconds = (performance.now() - start) / 1000;
  console.log(JSON.stringify({
    what: 'chain of five, streamed through the step augment', threads, images: made, seconds: Math.round(100 * seconds) / 100,
    imagesPerSecond: Math.round(made / seconds), peakMebibytes: Math.round(process.resourceUsage().maxRSS / 1024), sink,
  }));
}
