import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { describeImages } from '../ml/analysis/describe/describe-images.js';
import { measureImages } from '../ml/analysis/describe/measure-images.js';
import { checkData } from '../ml/analysis/gate/check-data.js';
import { collectFacts } from '../ml/analysis/gate/data-facts.js';
import { readIdxImages, readIdxLabels } from '../ml/data/idx.js';
import { GATE_DEFAULTS } from '../shared/analysis/gate.js';

/*
 * The analysis of all 70,000 images of MNIST on one core: the measures alone, the whole description (with quality and outliers), and
 * the gate. CPU seconds count, as other work on the machine does not change them much:
 * node dist/benchmarks/describe.bench.js
 */
const REPETITIONS = 5;

const read = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../data/mnist/${name}`, import.meta.url)));
function imagesOf(name: string) {
  const { rows, width, height, pixels } = readIdxImages(read(name), name);
  return { pixels: { rows, columns: width * height, data: pixels }, width, height };
}
const train = imagesOf('train-images-idx3-ubyte.gz'), test = imagesOf('t10k-images-idx3-ubyte.gz');
const labels = readIdxLabels(read('train-labels-idx1-ubyte.gz'), 'train-labels');

console.log(`${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, ${train.pixels.rows + test.pixels.rows} images, ${REPETITIONS} repetitions after a warm-up`);
let sink = 0; // printed at the end, so that no work can be optimised away
const works: Readonly<Record<string, () => number>> = {
  measures: () => (measureImages(train, labels, 10).values.entropy[0] ?? 0) + (measureImages(test, undefined, 1).values.entropy[0] ?? 0),
  description: () => describeImages({ train, labels, test, validationRows: 10_000 }).quality[0] ?? 0,
  gate: () => checkData(collectFacts(train, labels, test), GATE_DEFAULTS).checks.length,
};
for (const [name, work] of Object.entries(works)) {
  sink += work();
  const seconds = Array.from({ length: REPETITIONS }, () => {
    const before = process.cpuUsage();
    sink += work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  });
  const mean = seconds.reduce((sum, value) => sum + value, 0) / seconds.length;
  console.log(`${name.padEnd(12)} best ${Math.min(...seconds).toFixed(2)}  mean ${mean.toFixed(2)} CPU seconds`);
}
console.log(`(checksum ${sink})`);
