import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Piscina } from 'piscina';
import { ProgressState } from '../activities/bridge/progress-state.js';
import { runInThread } from '../activities/bridge/run-in-thread.js';
import { writeFeatures } from '../activities/features-of-images.js';
import { loadSteps } from '../activities/step-catalogue.js';
import { readIdxImages } from '../ml/data/idx.js';
import { encodeNpy } from '../ml/data/npy.js';
import { extractRows } from '../ml/features/extract-rows.js';
import { familyNamed } from '../ml/features/registry.js';
import { FAMILY_NAMES } from '../shared/family-names.js';
import { runPeer } from './run-peer.js';

/*
 * Images a second of each feature family on one core, of the 1,511 numbers by the built step on 1 and 2 threads, and the peak
 * memory of `digitloom features` at two sizes; one JSON object a line:
 * node dist/benchmarks/features.bench.js [--images 20000] [--python <interpreter> --peer <features.py>] [--peer-images 2000]
 * With a peer (which needs numpy, scikit-image, mahotas, opencv-python-headless and PyWavelets) the ratio to its figure with
 * two processes, measured between two passes of ours.
 */
const SHARD = 1000;
const REPETITIONS = 3;
const { values: options } = parseArgs({ options: { images: { type: 'string', default: '20000' }, python: { type: 'string' }, peer: { type: 'string' }, 'peer-images': { type: 'string', default: '2000' }, write: { type: 'string' } } });
const mnist = fileURLToPath(new URL('../../data/mnist', import.meta.url));
const trainFile = join(mnist, 'train-images-idx3-ubyte.gz');
const all = FAMILY_NAMES.filter((name) => name !== 'zoning'); // which is a part of another
const steps = await loadSteps();

if (options.write) await writeOnly(Number(options.write));
else await main(Number(options.images));

function print(line: Readonly<Record<string, unknown>>): void {
  console.log(JSON.stringify(line));
}

/** The first `rows` images of the training set, again from the start where it ends. */
function images(rows: number): Uint8Array {
  const { pixels } = readIdxImages(new Uint8Array(readFileSync(trainFile)), 'train-images');
  const some = new Uint8Array(rows * 784);
  for (let at = 0; at < some.length; at += pixels.length) some.set(pixels.subarray(0, some.length - at), at);
  return some;
}

async function main(count: number): Promise<void> {
  print({ what: 'machine', processor: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(), node: process.version, images: count });
  const pixels = images(count);
  families(pixels.subarray(0, 2000 * 784));
  await inThreads(pixels, 1);
  let two = await inThreads(pixels, 2);
  if (options.python && options.peer) {
    const lines = runPeer({ python: options.python, script: options.peer, mnist, images: Number(options['peer-images']) });
    for (const line of lines) print({ peer: true, ...line });
    const peer = lines.find(({ what, procs }) => what === 'all_families_one_pass' && procs === 2)?.images_per_s;
    if (peer === undefined) throw new Error(`${options.peer} printed no all_families_one_pass with two processes.`);
    two = (two + (await inThreads(pixels, 2))) / 2;
    print({ what: 'all 1511, 2 threads, over the peer\'s 501 with 2 processes', ratio: round(two / peer), ours: Math.round(two), peer: Math.round(peer) });
  }
  const peaks = [10_000, 70_000].map(peakOfWriting);
  print({ what: 'peak memory of 60,000 more images beyond their pixels', mebibytes: round((peaks[1] ?? NaN) - (peaks[0] ?? NaN) - (60_000 * 784) / 2 ** 20) });
}

/** Each family on this thread. */
function families(pixels: Uint8Array): void {
  const matrix = { rows: pixels.length / 784, columns: 784, data: pixels };
  for (const name of FAMILY_NAMES) {
    const family = [familyNamed(name)];
    const rates = Array.from({ length: REPETITIONS + 1 }, () => {
      const start = process.cpuUsage();
      extractRows(matrix, { width: 28, height: 28 }, family);
      return matrix.rows / seconds(start);
    });
    print({ what: name, columns: family[0]?.columns.length, threads: 1, imagesPerCpuSecond: Math.round(Math.max(...rates.slice(1))) }); // the first pass warms up
  }
}

/** All families by the built step, shard after shard as the pipeline has them; gives the best pass's images a second. */
async function inThreads(pixels: Uint8Array, threads: number): Promise<number> {
  const pool = new Piscina({ minThreads: threads, maxThreads: threads });
  const { entry } = steps.named('extract-features');
  const rows = pixels.length / 784;
  let sink = 0;
  const pass = async (from: number, to: number): Promise<void> => {
    const next = async (): Promise<void> => {
      while (from < to) {
        const end = Math.min(to, from + SHARD);
        const shard = encodeNpy(pixels.subarray(from * 784, end * 784), [end - from, 28, 28]);
        from = end;
        const input = { params: { families: [...all] }, seed: 0, inputs: { images: [shard] }, native: {} };
        const { outputs } = await runInThread({ pool, entry, input, state: new ProgressState(), signal: new AbortController().signal });
        sink += outputs['additional']?.bytes.at(-2) ?? 0;
      }
    };
    await Promise.all(Array.from({ length: threads }, next));
  };
  try {
    await pass(0, Math.min(rows, 2 * threads * SHARD)); // warm-up: the compiler has seen every branch
    let best = { wall: Infinity, cpu: Infinity };
    for (let i = 0; i < REPETITIONS; i++) {
      const [start, cpu] = [performance.now(), process.cpuUsage()];
      await pass(0, rows);
      const wall = (performance.now() - start) / 1000;
      if (wall < best.wall) best = { wall, cpu: seconds(cpu) };
    }
    print({
      what: 'all 1511, step extract-features', threads, images: rows, imagesPerSecond: Math.round(rows / best.wall), cpuSecondsFor70000: round((best.cpu * 70_000) / rows),
      secondsFor70000: round((best.wall * 70_000) / rows), coresUsed: round(best.cpu / best.wall), sink,
    });
    return rows / best.wall;
  } finally {
    await pool.destroy();
  }
}

/** Peak memory in MiB of a process that writes all features of so many images to an NPZ. */
function peakOfWriting(rows: number): number {
  const { status, stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--write', String(rows)], { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
  if (status !== 0) throw new Error(`Writing the features of ${rows} images ended with ${status}.`);
  const line = JSON.parse(stdout) as { readonly peakMebibytes: number };
  print(line);
  return line.peakMebibytes;
}

async function writeOnly(rows: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'digitloom-bench-'));
  try {
    const file = { name: 'images.npy', bytes: encodeNpy(images(rows), [rows, 28, 28]) };
    const start = performance.now();
    await writeFeatures(steps, [file], join(folder, 'features.npz'), { raw: false });
    const wall = (performance.now() - start) / 1000;
    print({ what: 'all 1511 written to an NPZ', images: rows, seconds: round(wall), imagesPerSecond: Math.round(rows / wall), peakMebibytes: Math.round(process.resourceUsage().maxRSS / 1024) });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function seconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
