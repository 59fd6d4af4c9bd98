import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { RUNTIMES } from '../../activities/verification/runtimes.js';
import { accuracy } from '../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../ml/evaluation/argmax-rows.js';
import { mcnemar } from '../../ml/evaluation/mcnemar.js';
import { asFloats } from '../../ml/models/as-floats.js';
import { CLASSES } from '../../ml/models/model.js';
import type { ExportFormat } from '../../shared/export-formats.js';
import { cacheFolder } from '../../infra/provision/cache-folder.js';
import { readNativeParts } from '../../infra/provision/native-parts.js';
import { readHalf, trainingSets } from '../mnist-halves.js';
import type { Images } from '../mnist-halves.js';
import type { Trial } from './settings.js';

/** What is judged, and where its figures go. */
export interface Judgement {
  readonly out: string;
  readonly data: string;
  /** Whether the test images are read. */
  readonly test: boolean;
  readonly results: string | undefined;
}

/** Runs what trials left in the runtimes that are to read it: C programs by the compiler `cc`, `.tflite` files by LiteRT beside the fp32 file of the same network. */
export async function judgeTrials(trials: readonly Trial[], { out, data, test, results }: Judgement): Promise<void> {
  const images = test ? readHalf(data, 't10k') : trainingSets(data, 1).validation;
  const half = test ? 'test' : 'validation';
  const rows: object[] = [];
  for (const { key, experiment } of trials) {
    const facts = JSON.parse(readFileSync(join(out, `${key}.json`), 'utf8')) as Readonly<Record<string, unknown>>;
    const judged = await (experiment.form === 'c' ? programOf(join(out, `${key}.c`), images) : fileOf(join(out, key), images));
    const row = { key, ...facts, half, ...judged };
    console.log(JSON.stringify(row));
    rows.push(row);
  }
  if (results !== undefined) writeFileSync(results, `${JSON.stringify({ command: `node dist/benchmarks/compression.bench.js ${process.argv.slice(2).join(' ')}`, rows }, null, 1)}\n`);
}

async function programOf(source: string, images: Images): Promise<Readonly<Record<string, unknown>>> {
  return { accuracy: accuracy(await classes('c', [source, source.replace(/\.c$/, '.h')], images), images.labels) };
}

async function fileOf(path: string, images: Images): Promise<Readonly<Record<string, unknown>>> {
  const [small, whole] = [await classes('tflite-dynamic4', [`${path}.tflite`], images), await classes('tflite', [`${path}.fp32.tflite`], images)];
  return {
    accuracy: accuracy(small, images.labels), fp32Accuracy: accuracy(whole, images.labels),
    times: readFileSync(`${path}.fp32.tflite`).length / readFileSync(`${path}.tflite`).length,
    paired: mcnemar({ name: 'compressed', predicted: small }, { name: 'fp32', predicted: whole }, images.labels),
  };
}

/** What the runtime of `digitloom verify` makes of images. */
async function classes(format: ExportFormat, paths: readonly string[], { x }: Images): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'digitloom-compression-'));
  const python = readNativeParts(cacheFolder())?.python;
  try {
    const files = Object.fromEntries(paths.map((path) => [basename(path), new Uint8Array(readFileSync(path))]));
    const answers = await RUNTIMES[format]({ files, rows: { values: asFloats(x).data, shape: [x.rows, 28, 28, 1], pixels: x.data }, folder, python: python === undefined ? [] : [python] });
    if (!('probabilities' in answers)) throw new RangeError(`${format} holds weights alone.`);
    return argmaxRows({ rows: x.rows, columns: CLASSES, data: answers.probabilities });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
