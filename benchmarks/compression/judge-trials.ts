import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accuracy } from '../../ml/evaluation/accuracy.js';
import { mcnemar } from '../../ml/evaluation/mcnemar.js';
import { cacheFolder } from '../../infra/provision/cache-folder.js';
import { readNativeParts } from '../../infra/provision/native-parts.js';
import { readHalf, trainingSets } from '../mnist-halves.js';
import type { Images } from '../mnist-halves.js';
import type { Trial } from './settings.js';

const LITERT = fileURLToPath(new URL('../../../benchmarks/compression/litert_classes.py', import.meta.url));

/** What is judged, and where its figures go. */
export interface Judgement {
  readonly out: string;
  readonly data: string;
  /** Whether the test images are read. */
  readonly test: boolean;
  readonly results: string | undefined;
}

/** Runs what trials left in the runtimes that are to read it: C programs by the compiler `cc`, `.tflite` files by LiteRT beside the fp32 file of the same network. */
export function judgeTrials(trials: readonly Trial[], { out, data, test, results }: Judgement): void {
  const images = test ? readHalf(data, 't10k') : trainingSets(data, 1).validation;
  const half = test ? 'test' : 'validation';
  const rows = trials.map(({ key, experiment }) => {
    const facts = JSON.parse(readFileSync(join(out, `${key}.json`), 'utf8')) as Readonly<Record<string, unknown>>;
    const judged = experiment.form === 'c' ? programOf(join(out, `${key}.c`), images) : fileOf(join(out, key), images);
    const row = { key, ...facts, half, ...judged };
    console.log(JSON.stringify(row));
    return row;
  });
  if (results !== undefined) writeFileSync(results, `${JSON.stringify({ command: `node dist/benchmarks/compression.bench.js ${process.argv.slice(2).join(' ')}`, rows }, null, 1)}\n`);
}

function programOf(source: string, { x, labels }: Images): Readonly<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'digitloom-compression-'));
  try {
    const program = join(folder, 'program');
    execFileSync('cc', ['-std=c99', '-O3', '-o', program, source, '-lm']);
    const text = execFileSync(program, { input: x.data, encoding: 'utf8', maxBuffer: 2 ** 28 });
    const predicted = Uint8Array.from(text.trim().split('\n'), (line) => {
      const values = line.split(' ').map(Number);
      return values.indexOf(Math.max(...values));
    });
    return { accuracy: accuracy(predicted, labels) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function fileOf(path: string, { x, labels }: Images): Readonly<Record<string, unknown>> {
  const python = readNativeParts(cacheFolder())?.python ?? '';
  const classes = (file: string): Uint8Array => execFileSync('python3', [LITERT, file], { input: x.data, env: { ...process.env, PYTHONPATH: python }, stdio: ['pipe', 'pipe', 'ignore'] });
  const [small, whole] = [classes(`${path}.tflite`), classes(`${path}.fp32.tflite`)];
  return {
    accuracy: accuracy(small, labels), fp32Accuracy: accuracy(whole, labels),
    times: readFileSync(`${path}.fp32.tflite`).length / readFileSync(`${path}.tflite`).length,
    paired: mcnemar({ name: 'compressed', predicted: small }, { name: 'fp32', predicted: whole }, labels),
  };
}
