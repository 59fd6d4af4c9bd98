import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { readIdxImages, readIdxLabels } from '../ml/data/idx.js';
import { fitLda } from '../ml/reductions/lda.js';
import { fitPca } from '../ml/reductions/pca.js';
import { loadedTensorFlow } from '../ml/reductions/loaded-tensorflow.js';

/*
 * PCA to 95 % of the variance, PCA to 50 components and LDA to 9 dimensions of MNIST's 60,000 training images, beside scikit-learn's:
 *   node dist/benchmarks/reduce.bench.js [threads] [python] [reduce.py of the Python comparison]
 * With the latter two, scikit-learn runs on the same threads straight after; the ratio is against its fastest solver. JSON lines.
 * Ours starts from uint8 pixels, scikit-learn's from a float32 matrix in memory.
 */
const REPETITIONS = 5;
const [threads = '2', python, script] = process.argv.slice(2);
for (const name of ['TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS', 'OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS']) process.env[name] = threads;

const folder = fileURLToPath(new URL('../../data/mnist/', import.meta.url));
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(`${folder}${name}`));
const { rows, width, height, pixels } = readIdxImages(read('train-images-idx3-ubyte.gz'), 'train-images');
const labels = readIdxLabels(read('train-labels-idx1-ubyte.gz'), 'train-labels');
const x = { rows, columns: width * height, data: pixels };

const { algebra } = await loadedTensorFlow(); // reads the thread counts just set
const JOBS = {
  'pca_95pct': () => fitPca(x, { variance: 0.95 }, algebra).count,
  'pca_50': () => fitPca(x, { components: 50 }, algebra).count,
  'lda_9': () => fitLda(x, labels, 9, algebra).dimensions,
};
console.log(JSON.stringify({ machine: cpus()[0]?.model ?? 'unknown', node: process.version, threads: Number(threads), rows, columns: x.columns }));
const best = new Map<string, number>();
for (const [name, job] of Object.entries(JOBS)) {
  job(); // warm-up: the compiler has seen every branch
  const seconds: number[] = [];
  let cpuSeconds = Infinity;
  let dimensions = 0;
  for (let i = 0; i < REPETITIONS; i++) {
    const [cpu, start] = [process.cpuUsage(), performance.now()];
    dimensions = job();
    seconds.push((performance.now() - start) / 1000);
    const { user, system } = process.cpuUsage(cpu);
    cpuSeconds = Math.min(cpuSeconds, (user + system) / 1e6);
  }
  best.set(name, Math.min(...seconds));
  console.log(JSON.stringify({ what: name, seconds: rounded(Math.min(...seconds)), mean: rounded(seconds.reduce((sum, value) => sum + value) / REPETITIONS), cpuSeconds: rounded(cpuSeconds), dimensions }));
}
if (python && script) {
  const output = execFileSync(python, [script, 'pca', 'lda'], { env: { ...process.env, MNIST_DIR: folder, PEERS_WAIT: process.env['PEERS_WAIT'] ?? '5' }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const peers = output.trim().split('\n').map((line) => JSON.parse(line) as { what: string; seconds: number });
  peers.forEach((peer) => console.log(JSON.stringify(peer)));
  for (const [name, seconds] of best) {
    const theirs = Math.min(...peers.filter(({ what }) => what.startsWith(name) && what.endsWith('_fit')).map((peer) => peer.seconds));
    console.log(JSON.stringify({ what: name, ours: rounded(seconds), scikitLearn: theirs, timesFaster: rounded(theirs / seconds) }));
  }
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
