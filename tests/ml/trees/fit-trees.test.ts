import assert from 'node:assert/strict';
import { model as adaBoost } from '../../../ml/models/ada-boost.js';
import { model as bagging } from '../../../ml/models/bagging.js';
import { model as decisionTree } from '../../../ml/models/decision-tree.js';
import { model as extraTrees } from '../../../ml/models/extra-trees.js';
import type { ModelKind } from '../../../ml/models/model.js';
import { model as randomForest } from '../../../ml/models/random-forest.js';
import { createRandom } from '../../../ml/random.js';
import { columnCount, fitTrees } from '../../../ml/trees/fit-trees.js';
import { plainInput } from '../../../ml/trees/tree-input.js';
import { growTreeTask } from '../../../ml/trees/tree-task.js';
import { LEAF } from '../../../ml/trees/tree.js';
import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';
import type { StartTaskThreads, TaskAnswer, TaskThreads } from '../../../shared/parallel-tasks.js';
import { toyDigits } from '../../support/digits.js';
import { QUIET, labelled, noRows } from '../../support/fit-context.js';
import { WHOLE_TREE, binned } from '../../support/grow-a-tree.js';

describe('trees grown apart from each other', () => {
  const digits = toyDigits({ rows: 150, seed: 5 });
  const none = noRows(digits.x.columns);

  for (const kind of [randomForest, extraTrees, bagging] as readonly ModelKind<object>[]) {
    it(`give the same bytes however many threads there are and whichever is done first (${kind.name})`, async () => {
      const trees = 9;
      const seeds = new Set<unknown>();
      const backwards: StartTaskThreads = () => {
        const waiting: (() => void)[] = [];
        return {
          run: (task) => new Promise((resolve) => {
            seeds.add(task.params['seed']);
            waiting.unshift(() => resolve(growTreeTask(task, () => undefined)));
            if (waiting.length === trees) setImmediate(() => waiting.forEach((start) => start()));
          }),
          close: () => Promise.resolve(),
        };
      };
      const alone = await kind.fit(digits, none, { ...kind.defaults, trees, threads: 1 }, QUIET);
      const many = await kind.fit(digits, none, { ...kind.defaults, trees, threads: 7 }, { ...QUIET, startThreads: backwards });
      const other = await kind.fit(digits, none, { ...kind.defaults, trees }, { ...QUIET, seed: QUIET.seed + 1 });
      assert.deepEqual(Buffer.from(await many.save()), Buffer.from(await alone.save()));
      assert.deepEqual(many.details, alone.details);
      assert.equal(seeds.size, trees, 'trees are alike');
      assert.notDeepEqual(Buffer.from(await other.save()), Buffer.from(await alone.save()));
    });
  }

  it('judge each row by the trees that were not grown on it, and leave out rows that all were grown on', async () => {
    const rows = labelled([[0], [1], [1], [2]], [1, 1, 1, 2]);
    const stump = { columns: Uint16Array.of(0, LEAF, LEAF), bins: new Uint8Array(3), gains: Float64Array.of(1, 0, 0) };
    const grown: TaskAnswer[] = [
      { ...stump, leafStarts: Int32Array.of(0, 2, 3), leafClasses: Uint8Array.of(0, 1, 1), leafWeights: Int32Array.of(1, 3, 5), outOfBag: Int32Array.of(0, -1, 0, -1) },
      { ...stump, leafStarts: Int32Array.of(0, 1, 2), leafClasses: Uint8Array.of(1, 3), leafWeights: Int32Array.of(2, 2), outOfBag: Int32Array.of(-1, -1, 0, 1) },
    ];
    const threads: TaskThreads = { run: async () => grown.shift() ?? {}, close: () => Promise.resolve() };
    const options = { ...WHOLE_TREE, trees: 2, threads: 1, bins: 255, sampleFraction: 1, columnsPerTree: 1, columnsPerSplit: 1 };
    const { details } = await fitTrees(rows, plainInput(1), options, growTreeTask, { ...QUIET, startThreads: () => threads });
    // row 0: 191 of 255 for the 1 it is; row 1 has no judge; row 2: 191 + 255 for the 1 it is; row 3: a 3, and is a 2
    assert.equal(details['outOfBagAccuracy'], 2 / 3);
  });

  it('say nothing of rows left out where every tree takes all rows', async () => {
    const fitted = await extraTrees.fit(digits, none, { ...extraTrees.defaults, trees: 2 }, QUIET);
    assert.equal(fitted.details['outOfBagAccuracy'], undefined);
    const sampled = await extraTrees.fit(digits, none, { ...extraTrees.defaults, trees: 2, sampleFraction: 0.7 }, QUIET);
    assert.equal(typeof sampled.details['outOfBagAccuracy'], 'number');
  });

  it('are each grown on as many draws as asked for; the rows not drawn fall into leaves', () => {
    const random = createRandom(2);
    const labels = Array.from({ length: 200 }, () => random.integer(3));
    const data = binned(labelled(labels.map(() => [random.uniform(), random.uniform()]), labels));
    const arrays = { bins: data.bins, byRow: data.byRow, cutStarts: data.cutStarts, labels: Uint8Array.from(labels) };
    const answer = growTreeTask({ params: { ...WHOLE_TREE, seed: 4, sampleFraction: 0.5, columnsPerTree: 1 }, arrays }, () => undefined);
    const [leaves, weights, columns] = [[...answer['outOfBag'] ?? []], [...answer['leafWeights'] ?? []], [...answer['columns'] ?? []]];
    assert.equal(weights.reduce((sum, one) => sum + one, 0), 100);
    const left = leaves.filter((leaf) => leaf >= 0).length;
    assert.ok(left > 110 && left < 135, `${left} of 200 rows were not drawn, expected about 200 / sqrt(e)`);
    assert.equal(new Set(columns.filter((column) => column !== LEAF)).size, 1);
  });

  it('take the columns that an option names: the square root, a part, or a number', () => {
    assert.deepEqual([columnCount(0, 784), columnCount(0.1, 784), columnCount(5, 784), columnCount(5000, 784), columnCount(0.0001, 784)], [28, 78, 5, 784, 1]);
  });

  for (const kind of [randomForest, extraTrees, bagging, decisionTree, adaBoost] as readonly ModelKind<object>[]) {
    it(`refuse numbers that are not finite, naming row and column (${kind.name})`, async () => {
      const good = labelled([[1, 2], [3, 4], [5, 6], [7, 8]], [0, 1, 0, 1]);
      for (const value of [NaN, Infinity]) {
        const bad = labelled([[1, 2], [3, 4], [5, value], [7, 8]], [0, 1, 0, 1]);
        const named = (where: string) => (error: unknown): boolean => error instanceof InvalidDataError && error.message.startsWith(`Column 1 of ${where} row 2 is ${value}`);
        await assert.rejects(kind.fit(bad, good, kind.defaults, QUIET), named('training'));
        await assert.rejects(kind.fit(good, bad, kind.defaults, QUIET), named('validation'));
      }
    });

    it(`learn from one row, and from rows of one class, that class (${kind.name})`, async () => {
      for (const rows of [labelled([[1, 2]], [6]), labelled([[1, 2], [3, 4], [5, 6], [3, 3]], [6, 6, 6, 6])]) {
        const fitted = await kind.fit(rows, noRows(2), kind.defaults, QUIET);
        const { data } = await (await kind.load(await fitted.save(), {})).predictProba(rows.x);
        for (let row = 0; row < rows.x.rows; row++) assert.ok((data[row * 10 + 6] ?? 0) > 0.8, `row ${row}: ${data[row * 10 + 6]}`);
      }
    });

    it(`refuse options out of range (${kind.name})`, async () => {
      const wrong = [{ bins: 1 }, { bins: 256 }, ...['trees', 'minLeafRows'].filter((name) => Object.hasOwn(kind.defaults, name)).map((name) => ({ [name]: 0 }))];
      for (const options of wrong) await assert.rejects(kind.fit(digits, none, { ...kind.defaults, ...options }, QUIET), InvalidConfigError, JSON.stringify(options));
    });
  }
});
