import type { JsonObject } from '../../shared/json.js';
import { takeLabelledRows } from '../data/take-labelled-rows.js';
import { stratifiedFolds } from '../ensembles/stratified-folds.js';
import type { LabelledMatrix, Matrix } from '../matrix.js';
import { PAIRS } from '../svm/class-pairs.js';
import { couplePairs } from '../svm/couple-pairs.js';
import { fillInBlocks } from '../svm/fill-in-blocks.js';
import { fitPairs } from '../svm/fit-pairs.js';
import type { FittedPairs } from '../svm/fit-pairs.js';
import { fitSlope } from '../svm/fit-slope.js';
import { pairDecisions } from '../svm/pair-decisions.js';
import { runPairTask } from '../svm/pair-task.js';
import { signedRoots } from '../svm/signed-roots.js';
import { decodeSvm, encodeSvm } from '../svm/svm-bytes.js';
import type { SvmModel } from '../svm/svm-bytes.js';
import { checkSvmOptions, kernelOf } from '../svm/svm-options.js';
import type { SvmOptions } from '../svm/svm-options.js';
import type { SupportVectors } from '../svm/support-vectors.js';
import { checkTrainingData } from './check-training-data.js';
import type { Classifier, FitContext, ModelKind } from './model.js';
import { fitProjection, NO_PROJECTION } from './projection.js';
import { startTaskThreads } from './task-threads.js';

const FITTED = 0.95; // of the work
const FOLDS = 5;
const UNKNOWN_SLOPE = 1; // of a single row

/** Projected rows and their classes. */
interface FloatRows {
  readonly x: Matrix<Float32Array>;
  readonly labels: Uint8Array;
}

/**
 * Support vector machine with a kernel, one-versus-one as in LIBSVM and scikit-learn's SVC: the same decisions for the same parameters. Each
 * of the 45 pairs is a task for a thread (`solvePair`), on kernel values by WebAssembly: no bit depends on the number of threads. Probabilities are pairwise
 * coupling of sigmoids that share one slope, which the validation rows choose by log-loss; without validation rows, a fifth of
 * the training rows do, decided by a second fit on the others. Memory: the projected rows twice, and for each thread at most 256 MB of a subset's kernel values and as much of kept ones.
 */
export const model: ModelKind<SvmOptions> = {
  name: 'svm',
  defaults: { kernel: 'rbf', roots: false, C: 5, gamma: 'scale', degree: 3, coef0: 0, tolerance: 1e-3, threads: 2, ...NO_PROJECTION },
  checksItself: ['gamma'],
  taskRunner: runPairTask,

  async fit(train, validation, options, context) {
    checkTrainingData(train, validation);
    checkSvmOptions(options);
    context.signal.throwIfAborted();
    context.progress({ fraction: 0, note: 'projecting' });
    const plain = options.projection === 'none' && !options.standardise;
    const projection = await fitProjection({ x: plain ? train.x : rooted(train.x, options.roots), labels: train.labels }, options, context);
    const project = async ({ x, labels }: LabelledMatrix): Promise<FloatRows> => {
      const working = (): void => context.progress({ fraction: 0, note: 'projecting' });
      const data = await fillInBlocks(x, new Float32Array(x.rows * projection.width), (part) => projection.apply(rooted(part, options.roots)).data, { working, signal: context.signal });
      return { x: { rows: x.rows, columns: projection.width, data }, labels };
    };
    const rows = await project(train);
    const held = validation.x.rows > 0 ? await project(validation) : undefined;
    const { machine, steps, rounds } = await fitWithThreads(rows, options, { from: 0, to: held ? FITTED : FITTED / 2 }, context);
    const slope = await (held ? slopeOf(machine, held, context) : crossFittedSlope(rows, options, context));
    const pixels = train.x.data instanceof Uint8Array && plain && !options.roots;
    context.progress({ fraction: 1 });
    return classifier({ roots: options.roots, projection, machine, slope, pixels }, {
      supportVectors: machine.vectors.rows, gamma: machine.kernel.gamma, steps, rounds, slope,
      calibratedOn: held ? 'validation rows' : 'a fifth of the training rows, by a fit on the others',
    });
  },

  async load(bytes) {
    return classifier(decodeSvm(bytes), {});
  },
};

function rooted(x: Matrix, roots: boolean): Matrix {
  return roots ? signedRoots(x) : x;
}

/** The part of the work that a fit of all pairs is. */
interface Span {
  readonly from: number;
  readonly to: number;
}

async function fitWithThreads({ x, labels }: FloatRows, options: SvmOptions, { from, to }: Span, context: FitContext): Promise<FittedPairs> {
  let progress = { fraction: from, note: 'kernel values' };
  const threads = startTaskThreads(context, runPairTask, options.threads, () => context.progress(progress));
  try {
    return await fitPairs({ x, labels, kernel: kernelOf(x, options), C: options.C, tolerance: options.tolerance }, threads, (done, all) => {
      context.signal.throwIfAborted();
      progress = { fraction: from + ((to - from) * done) / all, note: `${done} of ${all} pairs` };
      context.progress(progress);
    });
  } finally {
    await threads.close();
  }
}

async function slopeOf(machine: SupportVectors, held: FloatRows, context: FitContext): Promise<number> {
  const working = (): void => context.progress({ fraction: FITTED, note: 'calibrating' });
  const decisions = await fillInBlocks(held.x, new Float64Array(held.x.rows * PAIRS.length), pairDecisions(machine), { working, signal: context.signal });
  return fitSlope(decisions, held.labels, machine.present, working);
}

/** The slope for a fold of the rows by a machine fitted on the others. */
async function crossFittedSlope(rows: FloatRows, options: SvmOptions, context: FitContext): Promise<number> {
  const folds = stratifiedFolds(rows.labels, FOLDS, context.seed);
  const part = (inside: boolean): FloatRows => takeLabelledRows(rows, [...folds.keys()].filter((row) => (folds[row] === 0) === inside)) as FloatRows;
  const [held, others] = [part(true), part(false)];
  if (others.labels.length === 0) return UNKNOWN_SLOPE;
  const { machine } = await fitWithThreads(others, options, { from: FITTED / 2, to: FITTED }, context);
  return slopeOf(machine, held, context);
}

function classifier(model: SvmModel, details: JsonObject): Classifier {
  const { roots, projection, machine, slope } = model;
  const decide = pairDecisions(machine);
  return {
    columns: projection.columns,
    parameters: projection.parameters + machine.vectors.data.length + machine.weights.length + PAIRS.length + 1,
    runtime: 'webassembly',
    details,

    async predictProba(x) {
      return couplePairs(decide(projection.apply(rooted(x, roots))), slope, machine.present);
    },

    async save() {
      return encodeSvm(model);
    },

    dispose() {
      // everything is on the JavaScript heap
    },
  };
}
