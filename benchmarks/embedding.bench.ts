import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readIdxImages, readIdxLabels } from '../ml/data/idx.js';
import { encodeNpy } from '../ml/data/npy.js';
import { neighbourAccuracy } from '../ml/embedding/neighbour-accuracy.js';
import { trustworthiness } from '../ml/embedding/trustworthiness.js';
import { tsne } from '../ml/embedding/tsne.js';
import { umap } from '../ml/embedding/umap.js';
import { rowsBetween } from '../ml/matrix.js';
import type { Matrix } from '../ml/matrix.js';
import { createRandom } from '../ml/random.js';
import { loadedTensorFlow } from '../ml/reductions/loaded-tensorflow.js';
import { principalScores } from '../ml/reductions/principal-scores.js';

/*
 * Maps of n MNIST images (10,000 when not said) by t-SNE (perplexity 30, 750 steps) and UMAP (15 neighbours), from 50 principal
 * axes; beside scikit-learn's t-SNE on the same rows where a Python with it is named. One JSON line each. Up to 60,000 images are
 * training images, drawn at random; 70,000 are all there are, the test images without their labels.
 * TF_NUM_INTRAOP_THREADS=1 node dist/benchmarks/embedding.bench.js [n] [--python <interpreter>] [--method tsne|umap]
 */
const TRUSTED_ROWS = 5000;
const AREA = 784;
const MNIST = new URL('../../data/mnist/', import.meta.url);
const PEER = fileURLToPath(new URL('../../benchmarks/embedding-peer.py', import.meta.url));

const { positionals, values } = parseArgs({ allowPositionals: true, options: { python: { type: 'string' }, method: { type: 'string' } } });
const count = Number(positionals[0] ?? 10000);
const train = readIdxImages(mnist('train-images-idx3-ubyte.gz'), 'train-images');
const test = readIdxImages(mnist('t10k-images-idx3-ubyte.gz'), 't10k-images');
if (!Number.isSafeInteger(count) || count < 100 || count > train.rows + test.rows) throw new RangeError(`n is ${positionals[0]}; expected 100 to 70,000`);

console.log(JSON.stringify({ processor: cpus()[0]?.model, cores: cpus().length, node: process.version }));
const order = createRandom(1).shuffle(Int32Array.from({ length: train.rows }, (_, row) => row));
const chosen = Int32Array.from({ length: count }, (_, i) => order[i] ?? i);
const pixels = new Uint8Array(count * AREA);
chosen.forEach((row, i) => {
  const [{ pixels: from }, at] = row < train.rows ? [train, row] : [test, row - train.rows];
  pixels.set(from.subarray(at * AREA, (at + 1) * AREA), i * AREA);
});
const { algebra } = await loadedTensorFlow();
const { scores: x } = principalScores(algebra, { rows: count, columns: AREA, data: pixels }, { components: 50 });
const maps = {
  tsne: () => timed('tsne', () => tsne(x), measured),
  umap: () => timed('umap', () => ({ map: umap(x, { seed: 1 }) }), measured),
};
if (values.method !== undefined && !Object.hasOwn(maps, values.method)) throw new RangeError(`method is ${values.method}; expected tsne or umap`);
if (values.method !== 'umap') comparedWithPeer(maps.tsne());
if (values.method !== 'tsne') maps.umap();

interface Timed {
  readonly map: Matrix<Float32Array>;
  readonly klDivergence?: number;
}

function timed(name: string, make: () => Timed, measure: (map: Matrix<Float32Array>) => object = () => ({})): Matrix<Float32Array> {
  const start = performance.now();
  const before = process.cpuUsage();
  const { map, klDivergence } = make();
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - start) / 1000;
  const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024); // of the process so far
  const rounded = { seconds: Number(seconds.toFixed(2)), cpuSeconds: Number(((user + system) / 1e6).toFixed(2)) };
  console.log(JSON.stringify({ name, n: count, ...rounded, peakMegabytes, ...(klDivergence !== undefined && { klDivergence }), ...measure(map) }));
  return map;
}

function measured(map: Matrix<Float32Array>): object {
  const rows = Math.min(TRUSTED_ROWS, count);
  const labels = readIdxLabels(mnist('train-labels-idx1-ubyte.gz'), 'train-labels');
  return {
    trustworthiness: trustworthiness(rowsBetween(x, 0, rows), rowsBetween(map, 0, rows)),
    ...(count <= train.rows && { neighbourAccuracy: neighbourAccuracy(map, Uint8Array.from(chosen, (row) => labels[row] ?? 255)) }),
  };
}

function comparedWithPeer(map: Matrix<Float32Array>): void {
  if (values.python === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'embedding-'));
  try {
    const [input, ours] = [join(folder, 'x.npy'), join(folder, 'map.npy')];
    writeFileSync(input, encodeNpy(x.data, [count, x.columns]));
    writeFileSync(ours, encodeNpy(map.data, [count, 2]));
    process.stdout.write(execFileSync(values.python, [PEER, input, ours, String(Math.min(TRUSTED_ROWS, count))]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function mnist(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, MNIST)));
}
