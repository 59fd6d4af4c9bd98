import { cpus } from 'node:os';
import { readFileSync } from 'node:fs';
import { readIdxImages } from '../ml/data/idx.js';
import { extractRows } from '../ml/features/extract-rows.js';
import type { FeatureFamily } from '../ml/features/family.js';
import { familyNamed } from '../ml/features/registry.js';
import { FAMILY_NAMES } from '../shared/family-names.js';

/*
 * Images a second of each feature family, and of the 1,511 numbers in one pass, on the test set of MNIST, one core:
 * node dist/benchmarks/features.bench.js
 */
const REPETITIONS = 10;

const file = new URL('../../data/mnist/t10k-images-idx3-ubyte.gz', import.meta.url);
const { rows, width, height, pixels } = readIdxImages(new Uint8Array(readFileSync(file)), 't10k-images');
const images = { rows, columns: width * height, data: pixels };

console.log(`${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, ${rows} images, ${REPETITIONS} repetitions`);
let sink = 0; // printed at the end, so that no work can be optimised away
const all = FAMILY_NAMES.filter((name) => name !== 'zoning'); // which is a part of another
const groups = new Map<string, readonly FeatureFamily[]>([...FAMILY_NAMES.map((name) => [name, [familyNamed(name)]] as const), ['all in one', all.map(familyNamed)]]);
for (const [name, families] of groups) {
  sink += extractRows(images, { width, height }, families)[0]?.data[0] ?? 0; // warm-up: the compiler has seen every branch
  const rates = Array.from({ length: REPETITIONS }, () => {
    const start = performance.now();
    sink += extractRows(images, { width, height }, families)[0]?.data[0] ?? 0;
    return (rows * 1000) / (performance.now() - start);
  });
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  const deviation = Math.sqrt(rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / rates.length);
  const figure = (value: number): string => Math.round(value).toLocaleString('en').padStart(9);
  console.log(`${name.padEnd(14)} best ${figure(Math.max(...rates))}  mean ${figure(mean)} ± ${figure(deviation).trim()} images/s`);
}
console.log(`(checksum ${sink})`);
