import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { readIdxImages } from '../ml/data/idx.js';
import { kMeans } from '../ml/clustering/k-means.js';
import { loadTensorFlow } from '../native/tensorflow-js.js';

/*
 * k-means of 60,000 x 784 pixels into 10 clusters, one run from k-means++, beside scikit-learn's KMeans and MiniBatchKMeans when
 * a Python with scikit-learn is given; CPU seconds, one thread each:
 * TF_NUM_INTRAOP_THREADS=1 TF_NUM_INTEROP_THREADS=1 node dist/benchmarks/cluster.bench.js [python]
 */
const CLUSTERS = 10;
const REPETITIONS = 2;
const [python] = process.argv.slice(2);

const file = new URL('../../data/mnist/train-images-idx3-ubyte.gz', import.meta.url);
const { rows, width, height, pixels } = readIdxImages(new Uint8Array(readFileSync(file)), 'train-images');
const x = { rows, columns: width * height, data: pixels };
const { tf, runtime } = await loadTensorFlow();
console.log(`${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, ${runtime}, ${rows} images, ${REPETITIONS} seeds`);

const PEER = `
import gzip, sys, time, json
import numpy as np
from sklearn.cluster import KMeans, MiniBatchKMeans
x = np.frombuffer(gzip.open(sys.argv[1]).read(), np.uint8)[16:].reshape(-1, 784).astype(np.float32) / 255
for model in (KMeans(${CLUSTERS}, n_init=1, random_state=int(sys.argv[2])), MiniBatchKMeans(${CLUSTERS}, n_init=3, random_state=int(sys.argv[2]))):
    start, wall = time.process_time(), time.perf_counter()
    model.fit(x)
    print(json.dumps({"name": type(model).__name__, "cpu": time.process_time() - start, "wall": time.perf_counter() - wall, "inertia": float(model.inertia_), "iterations": int(model.n_iter_)}))
`;

interface Figures {
  readonly name: string;
  readonly cpu: number;
  readonly wall: number;
  readonly inertia: number;
  readonly iterations: number;
}

kMeans(tf, { ...x, rows: 2000, data: pixels.subarray(0, 2000 * x.columns) }, { clusters: CLUSTERS, seed: 0 }); // warm-up
const ours: Figures[] = [];
const theirs: Figures[] = [];
for (let seed = 0; seed < REPETITIONS; seed++) { // by turns, so that both meet the same machine
  const [usage, start] = [process.cpuUsage(), performance.now()];
  const [run] = kMeans(tf, x, { clusters: CLUSTERS, seed });
  const { user, system } = process.cpuUsage(usage);
  const latest: Figures = { name: 'digitloom', cpu: (user + system) / 1e6, wall: (performance.now() - start) / 1e3, inertia: run?.inertia ?? NaN, iterations: run?.objective.length ?? 0 };
  ours.push(latest);
  show(latest);
  if (python === undefined) continue;
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
  const printed = execFileSync(python, ['-W', 'ignore', '-c', PEER, file.pathname, String(seed)], { encoding: 'utf8', env });
  const peers = printed.trim().split('\n').map((line) => JSON.parse(line) as Figures);
  peers.forEach(show);
  theirs.push(...peers);
}
const best = (list: readonly Figures[]): number => Math.min(...list.map(({ cpu }) => cpu));
for (const name of new Set(theirs.map((each) => each.name))) {
  console.log(`${name}: ${(best(theirs.filter((each) => each.name === name)) / best(ours)).toFixed(2)} times our CPU time`);
}

function show(each: Figures): void {
  console.log(`${each.name.padEnd(16)} ${each.cpu.toFixed(2).padStart(6)} s CPU ${each.wall.toFixed(2).padStart(6)} s  inertia ${each.inertia.toFixed(0)} after ${each.iterations} iterations`);
}
