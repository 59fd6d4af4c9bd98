import { createRandom } from '../../../ml/random.js';
import type { ReportContent } from '../../../ml/reports/report-content.js';
import type { JsonObject } from '../../../shared/json.js';
import type { Evaluation, LatencyMeasurement, ModelEvaluation } from '../../../shared/metrics.js';
import { mnistSubset } from '../../support/digits.js';

const ROWS = 10_000;
const SUPPORT = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009];
const CONFUSABLE = [[4, 9], [7, 2], [3, 5], [5, 3], [9, 4], [8, 3], [2, 7], [6, 0], [7, 9], [8, 5], [1, 7], [5, 6]] as const;

interface Made {
  readonly name: string;
  readonly kind: string;
  readonly of?: string;
  readonly errors: number;
  readonly bytes: number;
  readonly parameters: number;
  readonly seconds: number;
  readonly latency: LatencyMeasurement;
}

const MODELS: readonly Made[] = [
  { name: 'logistic-regression', kind: 'logistic-regression', errors: 312, bytes: 8_320, parameters: 980, seconds: 4.1, latency: { runtime: 'typescript', p50Ms: 0.021, p99Ms: 0.048, imagesPerSecond: 412_000 } },
  { name: 'xgboost', kind: 'xgboost', errors: 214, bytes: 3_412_000, parameters: 41_200, seconds: 38.4, latency: { runtime: 'xgboost 3.2.0', p50Ms: 0.19, p99Ms: 0.61, imagesPerSecond: 61_000 } },
  { name: 'cnn', kind: 'cnn', errors: 69, bytes: 1_690_000, parameters: 421_642, seconds: 151.2, latency: { runtime: 'tfjs-node 4.22.0 / TensorFlow 2.21.0', p50Ms: 1.41, p99Ms: 2.9, imagesPerSecond: 7_400 } },
  { name: 'ensemble', kind: 'log-pool', errors: 58, bytes: 5_113_000, parameters: 464_132, seconds: 195.0, latency: { runtime: 'tfjs-node 4.22.0 / TensorFlow 2.21.0 + xgboost 3.2.0', p50Ms: 1.83, p99Ms: 3.7, imagesPerSecond: 6_100 } },
  { name: 'cnn-int8', kind: 'tflite', of: 'cnn', errors: 71, bytes: 433_120, parameters: 421_642, seconds: 163.9, latency: { runtime: 'typescript int8', p50Ms: 11.2, p99Ms: 15.1, imagesPerSecond: 96 } },
];

function evaluationOf({ name, errors }: Made, seed: number): ModelEvaluation {
  const random = createRandom(seed);
  const confusion = SUPPORT.map((support, digit) => SUPPORT.map((_, other) => (digit === other ? support : 0)));
  for (let i = 0; i < errors; i++) {
    const [actual, predicted] = CONFUSABLE[Math.floor(CONFUSABLE.length * random.uniform() ** 1.7)] ?? [0, 6];
    const other = random.uniform() < 0.75 ? predicted : (actual + 1 + random.integer(9)) % 10;
    add(confusion, actual, actual, -1);
    add(confusion, actual, other, 1);
  }
  const at = (actual: number, predicted: number): number => confusion[actual]?.[predicted] ?? 0;
  const mostConfused = SUPPORT.flatMap((_, actual) => SUPPORT.map((__, predicted) => ({ actual, predicted, count: at(actual, predicted) })))
    .filter(({ actual, predicted, count }) => actual !== predicted && count > 0).sort((a, b) => b.count - a.count).slice(0, 10);
  const accuracy = 1 - errors / ROWS;
  const margin = 1.96 * Math.sqrt((accuracy * (1 - accuracy)) / ROWS);
  return {
    name, accuracy, accuracyInterval: [accuracy - margin, accuracy + margin], logLoss: errors / 3_100, ece: errors / 40_000,
    reliability: Array.from({ length: 15 }, (_, bin) => ({
      confidence: bin < 4 ? 0 : (bin + 0.5) / 15, accuracy: bin < 4 ? 0 : Math.max(0, (bin + 0.5) / 15 - 0.08 * random.uniform()),
      count: bin < 4 ? 0 : bin === 14 ? ROWS - 3 * errors : Math.ceil((errors * bin) / 50),
    })),
    classes: SUPPORT.map((support, digit) => {
      const answered = SUPPORT.reduce((total, _, actual) => total + at(actual, digit), 0);
      const [precision, recall] = [at(digit, digit) / answered, at(digit, digit) / support];
      return { precision, recall, f1: (2 * precision * recall) / (precision + recall), support };
    }),
    confusion, mostConfused,
    errors: Array.from({ length: 24 }, (_, i) => {
      const pair = mostConfused[i % mostConfused.length] ?? { actual: 4, predicted: 9 };
      return { row: random.integer(200), actual: pair.actual, predicted: pair.predicted, confidence: 1 - 0.0009 * i * i };
    }),
  };
}

function add(confusion: readonly number[][], actual: number, predicted: number, change: number): void {
  const row = confusion[actual];
  if (row) row[predicted] = (row[predicted] ?? 0) + change;
}

function curve(length: number, at: (i: number) => number): JsonObject[] {
  return Array.from({ length }, (_, i) => ({ step: i + 1, value: Number(at(i).toPrecision(5)) }));
}

const FITS: Readonly<Record<string, JsonObject>> = {
  'logistic-regression': { validationAccuracy: 0.9701, parameters: 980, device: 'cpu', runtime: 'typescript' },
  xgboost: {
    validationAccuracy: 0.9779, rounds: 100, bestRound: 97,
    curves: { trainLogLoss: curve(100, (i) => 1.9 * 0.86 ** i + 0.004), validationLogLoss: curve(100, (i) => 1.9 * 0.87 ** i + 0.068) },
    importance: Array.from({ length: 20 }, (_, i) => [i % 4 === 0 ? `zoning.4x4.r${i % 3}c${Math.floor(i / 5)}` : `hog.b${i % 9}.o${(i * 7 + (i > 8 ? 1 : 0)) % 9}`, Number((412 * 0.84 ** i).toFixed(2))]),
    classGain: Array.from({ length: 10 }, (_, digit) => 1_000 + 100 * digit),
    classImportance: Array.from({ length: 10 }, (_, digit) => Array.from({ length: 5 }, (__, i) => [`hog.b${digit}.o${i}`, 250 - 50 * i])),
  },
  cnn: {
    validationAccuracy: 0.9921, epochs: 8, bestEpoch: 7, trainingImages: 400_000, trainingImagesPerSecond: 5_712,
    curves: {
      trainingLoss: [0.21, 0.058, 0.041, 0.031, 0.024, 0.019, 0.0151, 0.0128], validationLoss: [0.066, 0.048, 0.038, 0.034, 0.031, 0.0312, 0.0289, 0.0297],
      validationAccuracy: [0.9801, 0.9856, 0.9884, 0.9899, 0.9907, 0.9906, 0.9921, 0.9919],
      learningRate: [0.0019, 0.003, 0.0028, 0.0022, 0.0015, 0.00075, 0.0002, 0.000003],
    },
  },
  ensemble: { validationAccuracy: 0.9929, validationLogLoss: 0.0231, outOfFoldAccuracy: 0.9929, outOfFoldLogLoss: 0.0231, rows: 10_000, parameters: 13, weights: { 'logistic-regression': 0.21, xgboost: 0.34, cnn: 0.81 } },
  'cnn-int8': { validationAccuracy: 0.9919, bytes: 433_120 },
};

/** A run that looks like the real one: five models on the 10,000 test images, with errors drawn from MNIST's own digits. */
export function reportFixture(): ReportContent {
  const { x } = mnistSubset({ split: 'test', from: 0, to: 200 });
  const evaluation: Evaluation = {
    kind: 'evaluation', rows: ROWS, models: MODELS.map((model, i) => evaluationOf(model, 11 + i)),
    paired: [
      { a: 'ensemble', b: 'cnn', onlyACorrect: 21, onlyBCorrect: 10, pValue: 0.0708 },
      { a: 'ensemble', b: 'cnn-int8', onlyACorrect: 24, onlyBCorrect: 11, pValue: 0.041 },
      { a: 'ensemble', b: 'xgboost', onlyACorrect: 171, onlyBCorrect: 15, pValue: 1e-30 },
      { a: 'ensemble', b: 'logistic-regression', onlyACorrect: 268, onlyBCorrect: 14, pValue: 1e-50 },
      { a: 'cnn', b: 'cnn-int8', onlyACorrect: 5, onlyBCorrect: 3, pValue: 0.727 },
    ],
  };
  return {
    evaluation, findings: [], fits: FITS, dataset: { trainRows: 60_000, validationRows: 10_000, testRows: ROWS },
    result: {
      preset: 'default', datasetDigest: '7c2a9e61b0f54d1c8a3e', computedSeconds: 254.9,
      stages: [
        { name: 'ingest', state: 'done', computedSeconds: 2.1, steps: 1 }, { name: 'features', state: 'done', computedSeconds: 9.4, steps: 8 },
        { name: 'train', state: 'done', computedSeconds: 193.7, steps: 6 }, { name: 'ensemble', state: 'done', computedSeconds: 1.3, steps: 1 },
        { name: 'compress', state: 'done', computedSeconds: 12.7, steps: 1 }, { name: 'evaluate', state: 'done', computedSeconds: 35.7, steps: 6 },
      ],
      models: MODELS.map(({ name, kind, of, errors, bytes, parameters, seconds, latency }) => ({
        name, kind, ...(of !== undefined && { of }), testAccuracy: 1 - errors / ROWS, logLoss: errors / 3_100, ece: errors / 40_000, bytes, parameters, trainingSeconds: seconds, latency,
      })),
    },
    imageAt: (row) => (row < x.rows ? { width: 28, height: 28, pixels: x.data.subarray(row * x.columns, (row + 1) * x.columns) } : undefined),
  };
}
