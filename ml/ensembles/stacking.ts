import { InvalidDataError, InvalidModelError } from '../../shared/errors.js';
import { joinColumns } from '../data/join-columns.js';
import { decodeNpz, encodeNpz } from '../data/npz.js';
import type { Matrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';
import type { FitContext } from '../models/model.js';
import { fitPool, poolProbabilities } from './pooled-logits.js';
import type { PoolWeights } from './pooled-logits.js';
import { stratifiedFolds } from './stratified-folds.js';

const FOLDS = 5;
const SMALLEST = 1e-6; // probabilities below say no more: a base that is surely wrong must not outweigh all others

/** A trained meta-learner. */
export interface Stack {
  /** Names of its bases, in the order of its inputs. */
  readonly names: readonly string[];
  /** How much each base counts. */
  readonly weights: Float64Array;
  readonly parameters: number;
  /** Class probabilities from those of the bases, each [rows, 10]. @throws InvalidModelError when a base is missing. */
  predictProba(bases: readonly Matrix<Float32Array>[]): Promise<Matrix<Float32Array>>;
  save(): Promise<Uint8Array>;
}

/**
 * Fits stacked generalisation (Wolpert 1992): a meta-learner on the logarithms of the bases' probabilities of rows that no base
 * was fitted on. `outOfFold` are the rows' own probabilities, each from a meta-learner of the other four folds.
 * @throws InvalidDataError when the bases' rows differ from the labels', or there is no base.
 */
export async function fitStack(
  names: readonly string[],
  bases: readonly Matrix<Float32Array>[],
  labels: Uint8Array,
  C: number,
  context: FitContext,
): Promise<{ stack: Stack; outOfFold: Matrix<Float32Array> }> {
  const logs = logProbabilities(names, bases);
  if (logs.rows !== labels.length || logs.rows === 0) {
    throw new InvalidDataError(`The bases have ${logs.rows} rows, but there are ${labels.length} labels.`);
  }
  const fold = stratifiedFolds(labels, FOLDS, context.seed);
  const outOfFold = new Float32Array(logs.rows * CLASSES);
  for (let held = 0; held < FOLDS; held++) {
    const kept = takeRows(logs, labels, fold, (other) => other !== held);
    const weights = await fitPool(kept.logs, kept.labels, C, listen(context, held));
    const left = takeRows(logs, labels, fold, (other) => other === held);
    const { data } = poolProbabilities(left.logs, weights);
    for (const [index, row] of left.rows.entries()) outOfFold.set(data.subarray(index * CLASSES, (index + 1) * CLASSES), row * CLASSES);
  }
  const weights = await fitPool(logs, labels, C, listen(context, FOLDS));
  context.progress({ fraction: 1 });
  return { stack: stackOf(names, weights), outOfFold: { rows: logs.rows, columns: CLASSES, data: outOfFold } };
}

/** @throws InvalidModelError when the bytes are not a stack's. */
export async function loadStack(bytes: Uint8Array): Promise<Stack> {
  const { files, arrays } = unpacked(bytes);
  const [names, bases, bias] = [files['names.json'], arrays['weights']?.data, arrays['bias']?.data];
  if (!names || !(bases instanceof Float64Array) || !(bias instanceof Float64Array) || bias.length !== CLASSES) {
    throw new InvalidModelError('Not a stack: expected names.json, and float64 weights and bias.');
  }
  const list = JSON.parse(new TextDecoder().decode(names)) as string[];
  if (bases.length !== list.length) throw new InvalidModelError(`This stack names ${list.length} bases, but has ${bases.length} weights.`);
  return stackOf(list, { bases, bias });
}

function unpacked(bytes: Uint8Array): ReturnType<typeof decodeNpz> {
  try {
    return decodeNpz(bytes, 'stack');
  } catch (error) {
    if (error instanceof InvalidDataError) throw new InvalidModelError(`Not a stack: ${error.message}`, { cause: error });
    throw error;
  }
}

function stackOf(names: readonly string[], weights: PoolWeights): Stack {
  return {
    names,
    weights: weights.bases,
    parameters: weights.bases.length + weights.bias.length,
    async predictProba(bases) {
      if (bases.length !== names.length) {
        throw new InvalidModelError(`This stack takes ${names.length} bases (${names.join(', ')}), got ${bases.length}.`);
      }
      return poolProbabilities(logProbabilities(names, bases), weights);
    },
    async save() {
      return encodeNpz({
        'names.json': new TextEncoder().encode(JSON.stringify(names)),
        weights: { data: weights.bases, shape: [weights.bases.length] },
        bias: { data: weights.bias, shape: [CLASSES] },
      });
    },
  };
}

/** Progress of one of the six fits; lets messages out and an abort in. */
function listen({ progress, signal }: FitContext, part: number): (iteration: number, loss: number) => Promise<void> {
  return async (iteration, loss) => {
    progress({ fraction: (part + 1 - 1 / (iteration + 1)) / (FOLDS + 1), note: `fit ${part + 1}/${FOLDS + 1}`, metrics: { loss } });
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  };
}

/** [rows, bases x 10]: the logarithms of all bases' probabilities, side by side. */
function logProbabilities(names: readonly string[], bases: readonly Matrix<Float32Array>[]): Matrix<Float32Array> {
  for (const [index, { rows, columns }] of bases.entries()) {
    if (columns !== CLASSES) throw new InvalidDataError(`Base ${names[index]} has ${columns} classes, expected ${CLASSES} (${rows} rows).`);
  }
  const joined = joinColumns(names, bases);
  return { ...joined, data: joined.data.map((value) => Math.log(Math.max(SMALLEST, value))) };
}

function takeRows(
  { columns, data }: Matrix<Float32Array>,
  labels: Uint8Array,
  fold: Uint8Array,
  keep: (fold: number) => boolean,
): { logs: Matrix<Float32Array>; labels: Uint8Array; rows: number[] } {
  const rows = [...labels.keys()].filter((row) => keep(fold[row]));
  const kept = new Float32Array(rows.length * columns);
  for (const [index, row] of rows.entries()) kept.set(data.subarray(row * columns, (row + 1) * columns), index * columns);
  return { logs: { rows: rows.length, columns, data: kept }, labels: Uint8Array.from(rows, (row) => labels[row]), rows };
}
