import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { joinColumns } from '../ml/data/join-columns.js';
import { readIdxImages, readIdxLabels } from '../ml/data/idx.js';
import { crossFit } from '../ml/ensembles/cross-fit.js';
import { method as logPool } from '../ml/ensembles/log-pool.js';
import { accuracy } from '../ml/evaluation/accuracy.js';
import { argmaxRows } from '../ml/evaluation/argmax-rows.js';
import { logLoss } from '../ml/evaluation/log-loss.js';
import { extractRows } from '../ml/features/extract-rows.js';
import { familyNamed } from '../ml/features/registry.js';
import { rowsBetween } from '../ml/matrix.js';
import type { LabelledMatrix, Matrix } from '../ml/matrix.js';
import { model as logisticRegression } from '../ml/models/logistic-regression.js';
import type { FitContext, ModelKind } from '../ml/models/model.js';
import { model as xgboost } from '../ml/models/xgboost.js';
import { FAMILY_NAMES } from '../shared/family-names.js';

/*
 * The classical models and their stack on MNIST's features (all 1,511 columns), 50,000 rows to fit on and 10,000 to judge by, one thread,
 * with the settings that the presets recommend. Figures are of the validation rows: the test set is not for choosing settings.
 *
 *   TF_NUM_INTRAOP_THREADS=1 TF_NUM_INTEROP_THREADS=1 OMP_NUM_THREADS=1 \
 *     node dist/benchmarks/classical.bench.js --xgboost <path of libxgboost.so> [--seed 5] [--fit 5000 --validation 1000]
 */
const { values: given } = parseArgs({ options: {
  xgboost: { type: 'string' }, seed: { type: 'string', default: '5' }, fit: { type: 'string', default: '50000' }, validation: { type: 'string', default: '10000' },
} });
const { xgboost: library } = given;
const [SEED, TRAIN, VALIDATION] = [Number(given.seed), Number(given.fit), Number(given.validation)];
const LOGISTIC_REGRESSION = { C: 0.2, patience: 5 };
const XGBOOST = { columns: 300, rounds: 100, learningRate: 0.3 };
const context: FitContext = {
  seed: SEED, native: library === undefined ? {} : { xgboost: library }, signal: new AbortController().signal, progress: () => undefined,
};

console.log(`${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, seed ${SEED}`);
const all = features();
const part = (from: number, to: number): LabelledMatrix => ({ x: rowsBetween(all.x, from, to), labels: all.labels.subarray(from, to) });
const [train, validation] = [part(0, TRAIN), part(TRAIN, TRAIN + VALIDATION)];
const bases = [await bench(logisticRegression, LOGISTIC_REGRESSION), ...(library === undefined ? [] : [await bench(xgboost, XGBOOST)])];
if (bases.length > 1) {
  const pooled = await crossFit(logPool, { names: bases.map((_, i) => `base ${i}`), probabilities: bases }, validation.labels, logPool.defaults, context);
  console.log(`log-pool, out of fold: ${figures(pooled)}`);
}

async function bench<O extends object>(kind: ModelKind<O>, options: Partial<O>): Promise<Matrix<Float32Array>> {
  const [before, start] = [process.cpuUsage(), performance.now()];
  const fitted = await kind.fit(train, validation, { ...kind.defaults, ...options }, context);
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - start) / 1e3;
  const proba = await fitted.predictProba(validation.x);
  const bytes = (await fitted.save()).length;
  console.log(`${kind.name}: ${figures(proba)}; fit ${seconds.toFixed(1)} s, of processor ${((user + system) / 1e6).toFixed(1)} s, ${fitted.parameters} parameters, ${bytes} bytes`);
  fitted.dispose();
  return proba;
}

function figures(proba: Matrix<Float32Array>): string {
  return `accuracy ${accuracy(argmaxRows(proba), validation.labels)}, log-loss ${logLoss(proba, validation.labels).toFixed(4)}`;
}

function features(): LabelledMatrix {
  const file = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../data/mnist/${name}.gz`, import.meta.url)));
  const { rows, width, height, pixels } = readIdxImages(file('train-images-idx3-ubyte'), 'train-images');
  const labels = readIdxLabels(file('train-labels-idx1-ubyte'), 'train-labels');
  const families = FAMILY_NAMES.filter((name) => name !== 'zoning'); // a part of `additional`
  const matrices = extractRows({ rows, columns: width * height, data: pixels }, { width, height }, families.map(familyNamed));
  return { x: joinColumns(families, matrices), labels };
}
