import { InvalidConfigError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import type { TaskRunner } from '../../shared/parallel-tasks.js';
import type { LabelledMatrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';
import type { FitContext } from '../models/model.js';
import { startTaskThreads } from '../models/task-threads.js';
import { deriveSeed } from '../random.js';
import { binColumns } from './bin-columns.js';
import type { BinnedColumns } from './binned-columns.js';
import { importanceOf } from './importance.js';
import { leafShares } from './leaf-shares.js';
import { packForest } from './pack-forest.js';
import type { PackedForest } from './packed-forest.js';
import type { TreeInput } from './tree-input.js';
import { treeOf, treeTask } from './tree-task.js';
import type { TreeTaskParams } from './tree-task.js';
import type { Tree } from './tree.js';

/** Trees that are grown apart from each other. */
export interface FitTreesOptions extends Omit<TreeTaskParams, 'seed' | 'columnsPerSplit' | 'columnsPerTree'> {
  readonly trees: number;
  /** 0 is the square root of the columns, below 1 a part of them, else a number. */
  readonly columnsPerSplit: number;
  readonly columnsPerTree: number;
  readonly threads: number;
  readonly bins: number;
}

/** Columns, of `columns` many, that an option names: 0 is the square root, below 1 a part, else a number. */
export function columnCount(option: number, columns: number): number {
  const wanted = option === 0 ? Math.sqrt(columns) : option < 1 ? option * columns : option;
  return Math.min(columns, Math.max(1, Math.round(wanted)));
}

/** The columns of the training rows in bins; reports the first tenth of a fit. @throws what `binColumns` throws. */
export function binInput(x: LabelledMatrix['x'], input: TreeInput, bins: number, context: FitContext): BinnedColumns {
  if (!(bins >= 2 && bins <= 255)) throw new InvalidConfigError(`bins is ${bins}: expected 2 to 255.`);
  return binColumns(input.parts(x), bins, (done, columns) => {
    context.signal.throwIfAborted();
    context.progress({ fraction: 0.1 * (done / columns), note: `binned ${done}/${columns} columns` });
  });
}

/** Grows all trees, in threads where the context has some; neither their number nor their order changes the result. */
export async function fitTrees({ x, labels }: LabelledMatrix, input: TreeInput, options: FitTreesOptions, runner: TaskRunner | undefined, context: FitContext): Promise<{ packed: PackedForest; details: JsonObject }> {
  const { trees: count, threads, bins, columnsPerSplit, columnsPerTree, ...grow } = options;
  if (!(count >= 1 && options.minLeaf >= 1)) throw new InvalidConfigError(`Got ${count} trees and leaves of at least ${options.minLeaf} rows: expected at least 1 of both.`);
  const data = binInput(x, input, bins, context);
  let grown = 0;
  const moved = (): void => context.progress({ fraction: 0.1 + (0.89 * grown) / count, note: `tree ${grown}/${count}` });
  const perTree = columnCount(columnsPerTree, data.columns);
  const params = { ...grow, columnsPerTree: perTree, columnsPerSplit: columnCount(columnsPerSplit, perTree) };
  const sharedLabels = new Uint8Array(new SharedArrayBuffer(labels.length));
  sharedLabels.set(labels);
  const arrays = { bins: data.bins, byRow: data.byRow, cutStarts: data.cutStarts, labels: sharedLabels };
  const votes = new Int32Array(options.sampleFraction > 0 ? x.rows * CLASSES : 0);
  const workers = startTaskThreads(context, runner, threads, moved);
  try {
    const trees = await Promise.all(Array.from({ length: count }, async (_, t) => {
      const answer = await workers.run(treeTask({ ...params, seed: deriveSeed(context.seed, t) }, arrays));
      grown++;
      moved();
      context.signal.throwIfAborted();
      const { outOfBag, ...tree } = answer;
      if (outOfBag) vote(votes, treeOf(tree), outOfBag);
      return treeOf(tree);
    }));
    const packed = packForest(trees, new Float64Array(count).fill(1), data);
    return { packed, details: { ...outOfBagAccuracy(votes, labels), ...importanceOf(trees, data.columns, input.kept) } };
  } finally {
    await workers.close();
  }
}

function vote(votes: Int32Array, { leafStarts, leafClasses, leafWeights }: Tree, leaves: ArrayLike<number>): void {
  const shares = new Uint8Array(leafWeights.length);
  for (let leaf = 0; leaf + 1 < leafStarts.length; leaf++) leafShares(leafWeights, leafStarts[leaf], leafStarts[leaf + 1], shares);
  for (let row = 0; row < leaves.length; row++) {
    const leaf = leaves[row];
    if (leaf >= 0) for (let i = leafStarts[leaf]; i < leafStarts[leaf + 1]; i++) votes[row * CLASSES + leafClasses[i]] += shares[i];
  }
}

/** Accuracy on the rows that some tree was not grown on, by those trees alone. */
function outOfBagAccuracy(votes: Int32Array, labels: Uint8Array): JsonObject {
  let [seen, right] = [0, 0];
  for (let row = 0; row * CLASSES < votes.length; row++) {
    const of = votes.subarray(row * CLASSES, (row + 1) * CLASSES);
    const most = Math.max(...of);
    if (most === 0) continue;
    seen++;
    if (of.indexOf(most) === labels[row]) right++;
  }
  return seen === 0 ? {} : { outOfBagAccuracy: right / seen };
}
