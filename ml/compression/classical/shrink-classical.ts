import { SHRINKABLE_KINDS } from '../../../shared/compression.js';
import { InvalidConfigError } from '../../../shared/errors.js';
import type { NativePaths } from '../../../shared/step.js';
import { takeLabelledRows } from '../../data/take-labelled-rows.js';
import { accuracy } from '../../evaluation/accuracy.js';
import { argmaxRows } from '../../evaluation/argmax-rows.js';
import type { LabelledMatrix } from '../../matrix.js';
import type { ModelKind } from '../../models/model.js';
import { byteVectors } from './byte-vectors.js';
import { fewerRounds } from './fewer-rounds.js';
import { fewerTrees } from './fewer-trees.js';
import { fewerVectors } from './fewer-vectors.js';
import { pruneTrees } from './prune-trees.js';

/** What shrinking needs to know and to tell. */
export interface ShrinkContext {
  readonly native: NativePaths;
  /** Called many times a second; may throw to end the work. */
  working(): void;
}

/** A model made smaller, in the format of its kind. */
export interface ShrunkModel {
  readonly bytes: Uint8Array;
  /** In words: `70 % of the vectors, in bytes`; `as it was` where nothing smaller was good enough. */
  readonly how: string;
  /** Of the rows that judged: half of the validation rows. */
  readonly accuracy: number;
  readonly accuracyBefore: number;
}

interface Way {
  readonly how: string;
  make(rows: Rows, context: ShrinkContext): Uint8Array;
}

interface Rows {
  readonly train: LabelledMatrix;
  readonly choosing: LabelledMatrix;
}

const ROWS_FOR_BIASES = 5_000;
const PARTS = [0.7, 0.5, 0.3];
const TREES = [0.5, 0.25, 0.125];
const ROUNDS = [0.75, 0.5, 0.25];
const COMPLEXITIES = [0.00001, 0.0001, 0.001, 0.01];
const FORESTS: Readonly<Record<string, string>> = { 'random-forest': 'random forest', 'extra-trees': 'forest of extra trees', bagging: 'bag of trees' };

/**
 * The smallest variant of a model whose accuracy on validation rows is no more than `mostLost` below the model's own: an SVM of fewer vectors and of byte vectors, a forest
 * of fewer trees, XGBoost's of fewer rounds, a pruned decision tree. Of the validation rows every second one chooses within a variant (trees, slopes), the others judge.
 * @param mostLost a part of the rows, e.g. 0.001.
 * @throws InvalidConfigError for kinds that have no smaller form; InvalidModelError when the bytes are no such model.
 */
export async function shrinkClassical(
  kind: ModelKind<object>, bytes: Uint8Array, { train, validation }: { readonly train: LabelledMatrix; readonly validation: LabelledMatrix }, mostLost: number, context: ShrinkContext,
): Promise<ShrunkModel> {
  const half = (odd: number): LabelledMatrix => takeLabelledRows(validation, [...validation.labels.keys()].filter((row) => row % 2 === odd));
  const [choosing, judging] = [half(0), half(1)];
  const judged = async (model: Uint8Array): Promise<number> => {
    context.working();
    const loaded = await kind.load(model, context.native);
    try {
      return accuracy(argmaxRows(await loaded.predictProba(judging.x)), judging.labels);
    } finally {
      loaded.dispose();
    }
  };
  const ways = waysOf(kind, bytes);
  const accuracyBefore = await judged(bytes);
  let best: ShrunkModel = { bytes, how: 'as it was', accuracy: accuracyBefore, accuracyBefore };
  for (const { how, make } of ways) {
    const smaller = make({ train, choosing }, context);
    if (smaller.length >= best.bytes.length) continue;
    const reached = await judged(smaller);
    if (reached >= accuracyBefore - mostLost) best = { bytes: smaller, how, accuracy: reached, accuracyBefore };
  }
  return best;
}

function waysOf({ name }: ModelKind<object>, bytes: Uint8Array): Way[] {
  if (name === 'svm') return vectorWays(bytes);
  if (name === 'decision-tree') {
    return COMPLEXITIES.map((complexity) => ({ how: `pruned at complexity ${complexity}`, make: ({ train }) => pruneTrees('decision tree', bytes, train, complexity) }));
  }
  if (name === 'xgboost') return ROUNDS.map((part) => ({ how: `${part * 100} % of the rounds`, make: (_, { native }) => fewerRounds(bytes, part, native) }));
  const title = FORESTS[name];
  if (title !== undefined) return TREES.map((part) => ({ how: `${part * 100} % of the trees`, make: ({ choosing }) => fewerTrees(title, bytes, choosing, part) }));
  throw new InvalidConfigError(`Shrinking: ${name} has no smaller form; expected ${SHRINKABLE_KINDS.join(', ')}.`);
}

function vectorWays(bytes: Uint8Array): Way[] {
  const all: Way = { how: 'vectors in bytes', make: () => byteVectors(bytes) };
  return [all, ...PARTS.map((part): Way => ({
    how: `${part * 100} % of the vectors, in bytes`,
    make({ train, choosing }, { working }) {
      const rows = takeLabelledRows(train, [...train.labels.keys()].slice(0, ROWS_FOR_BIASES));
      return byteVectors(fewerVectors(bytes, rows, choosing, part, working));
    },
  }))];
}
