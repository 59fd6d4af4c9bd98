/*
 * How well digits are still read at the limits of each augmentation: a CNN learns on a pipeline of every kind at its defaults, then reads
 * 2,000 validation images that one kind alone has changed, at the ends of its range. Test images are not touched.
 *
 *   TF_NUM_INTRAOP_THREADS=1 TF_NUM_INTEROP_THREADS=1 OMP_NUM_THREADS=1 node dist/benchmarks/augmentation-limits.bench.js [epochs]
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createAugmenter } from '../ml/augment/augmenter.js';
import { extremeWords } from '../ml/augment/extreme-words.js';
import { parsePipelineDocument } from '../ml/augment/pipeline-document.js';
import { AUGMENTATIONS } from '../ml/augment/registry.js';
import { accuracy } from '../ml/evaluation/accuracy.js';
import { argmaxRows } from '../ml/evaluation/argmax-rows.js';
import type { Matrix } from '../ml/matrix.js';
import { model } from '../ml/models/cnn.js';
import { SHOWN_AUGMENTATION } from '../shared/augmentation-documents.js';
import { nativePaths } from './native-paths.js';

const [SIDE, AREA] = [28, 784];
const [FIT, READ] = [50_000, 2_000];
const SEED = 7;
/** Further values of interest, beside each first parameter's default, limit and what lies beyond. */
const MORE: Readonly<Record<string, readonly (readonly [parameter: string, value: number])[]>> = {
  rotation: [['degrees', 30], ['degrees', 40], ['degrees', 60]],
  elastic: [['alpha', 45], ['alpha', 50], ['sigma', 3.7], ['sigma', 3.5], ['sigma', 3]],
  cutout: [['size', 10], ['size', 12], ['size', 14]],
};

const read = (name: string): Uint8Array => gunzipSync(readFileSync(new URL(`../../data/mnist/train-${name}-ubyte.gz`, import.meta.url)));
const pixels = read('images-idx3').subarray(16);
const labels = read('labels-idx1').subarray(8);
const images = { rows: READ, columns: AREA, data: pixels.subarray(FIT * AREA, (FIT + READ) * AREA) };
const nothing = { x: { rows: 0, columns: AREA, data: new Uint8Array(0) }, labels: new Uint8Array(0) };
const train = { x: { rows: FIT, columns: AREA, data: pixels.subarray(0, FIT * AREA) }, labels: labels.subarray(0, FIT) };
const everyKind = { version: 1, steps: parsePipelineDocument(SHOWN_AUGMENTATION).steps.map(({ kind, probability }) => ({ kind, probability })) };
const reader = await model.fit(train, nothing, { ...model.defaults, epochs: Number(process.argv[2] ?? 4), augment: everyKind }, {
  seed: 1, native: nativePaths(), signal: new AbortController().signal, progress: () => undefined,
});

console.log(`as they are ${await percentRead(images)}`);
for (const { kind, parameters } of AUGMENTATIONS.values()) {
  const [name, { default: usual, safe: [, limit], possible: [, most], breaks }] = Object.entries(parameters)[0] ?? ['', { default: 0, safe: [0, 0], possible: [0, 0] }];
  const values = [usual, limit, Math.min(most, breaks ?? 2 * limit)].map((value) => [name, value] as const);
  const figures: string[] = [];
  for (const [parameter, value] of [...values, ...(MORE[kind] ?? [])]) figures.push(`${parameter} ${value}: ${await percentRead(changed(kind, { [parameter]: value }))}`);
  console.log(`${kind.padEnd(12)} ${figures.join(', ')}`);
}
process.exit(0);

/** The images with one kind alone, its ranges drawn at their ends. */
function changed(kind: string, parameters: Readonly<Record<string, number>>): Matrix<Uint8Array> {
  const augment = createAugmenter(parsePipelineDocument({ version: 1, beyondSafeLimits: true, steps: [{ kind, parameters }] }), SEED, SIDE, extremeWords());
  const data = new Uint8Array(READ * AREA);
  for (let row = 0; row < READ; row++) augment(images.data, row * AREA, row, 0, data, row * AREA);
  return { ...images, data };
}

async function percentRead(x: Matrix<Uint8Array>): Promise<string> {
  return (100 * accuracy(argmaxRows(await reader.predictProba(x)), labels.subarray(FIT, FIT + READ))).toFixed(1);
}
