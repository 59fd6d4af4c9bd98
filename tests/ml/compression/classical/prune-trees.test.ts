import assert from 'node:assert/strict';
import { pruneTrees } from '../../../../ml/compression/classical/prune-trees.js';
import { accuracy } from '../../../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../../../ml/evaluation/argmax-rows.js';
import { model as bagging } from '../../../../ml/models/bagging.js';
import { model as decisionTree } from '../../../../ml/models/decision-tree.js';
import { createRandom } from '../../../../ml/random.js';
import { InvalidConfigError } from '../../../../shared/errors.js';
import { toyDigits } from '../../../support/digits.js';
import { labelled, noRows, QUIET } from '../../../support/fit-context.js';

describe('pruning of trees', function () {
  this.timeout(60_000);
  /** The label is whether the first column is above one half, but for one row in ten; the second column is noise. */
  const random = createRandom(3);
  const rows = Array.from({ length: 200 }, () => [random.uniform(), random.uniform()]);
  const noisy = labelled(rows, rows.map(([a = 0], i) => Number(a > 0.5 === (i % 10 !== 0))));
  const grown = async (): Promise<Uint8Array> => (await decisionTree.fit(noisy, noRows(2), { ...decisionTree.defaults, minLeafRows: 1 }, QUIET)).save();
  const leavesOf = async (bytes: Uint8Array): Promise<unknown> => (await decisionTree.load(bytes, {})).details['leaves'];

  it('leaves the split that tells the classes apart, and takes those that fit noise', async () => {
    const bytes = await grown();
    assert.ok(Number(await leavesOf(bytes)) > 20);
    const pruned = pruneTrees('decision tree', bytes, noisy, 0.02);
    assert.equal(await leavesOf(pruned), 2);
    const { data } = await (await decisionTree.load(pruned, {})).predictProba({ rows: 2, columns: 2, data: Float32Array.of(0.1, 0.5, 0.9, 0.5) });
    for (const [row, digit] of [[0, 0], [1, 1]] as const) assert.ok(Math.abs((data[row * 10 + digit] ?? 0) - 0.8) < 0.12, `${data[row * 10 + digit]}`);
  });

  it('takes the more the higher the complexity, up to a single leaf with the shares of all rows', async () => {
    const bytes = await grown();
    const leaves = await Promise.all([0, 0.001, 0.005, 0.02, 1].map((complexity) => leavesOf(pruneTrees('decision tree', bytes, noisy, complexity)))) as number[];
    assert.deepEqual(leaves, [...leaves].sort((a, b) => b - a));
    assert.equal(leaves.at(-1), 1);
    const { data } = await (await decisionTree.load(pruneTrees('decision tree', bytes, noisy, 1), {})).predictProba({ rows: 1, columns: 2, data: Float32Array.of(0.1, 0.5) });
    const ones = noisy.labels.reduce((sum, label) => sum + label, 0) / 200;
    assert.ok(Math.abs((data[1] ?? 0) - (ones + 0.02) / 1.2) < 0.003, `${data[1]} against ${ones}`);
  });

  it('takes nothing that tells training rows apart when complexity costs nothing', async () => {
    const bytes = await grown();
    const [before, after] = [await decisionTree.load(bytes, {}), await decisionTree.load(pruneTrees('decision tree', bytes, noisy, 0), {})];
    assert.deepEqual((await after.predictProba(noisy.x)).data, (await before.predictProba(noisy.x)).data);
  });

  it('prunes every tree of a bag on a projection, which answers on as a bag', async () => {
    const [{ x, labels }, unseen] = [toyDigits({ rows: 300, seed: 1 }), toyDigits({ rows: 100, seed: 2 })];
    const train = { x, labels: labels.map((label, row) => (row % 9 === 0 ? (label + 1) % 10 : label)) };
    const options = { ...bagging.defaults, trees: 10, threads: 1, projection: 'pca' as const, components: 10, columnsPerTree: 10 };
    const bytes = await (await bagging.fit(train, unseen, options, QUIET)).save();
    const [before, after] = [await bagging.load(bytes, {}), await bagging.load(pruneTrees('bag of trees', bytes, train, 0.003), {})];
    assert.ok(Number(after.details['leaves']) < 0.95 * Number(before.details['leaves']));
    const [full, pruned] = await Promise.all([before, after].map(async (bag) => accuracy(argmaxRows(await bag.predictProba(unseen.x)), unseen.labels)));
    assert.ok(Number(pruned) > Number(full) - 0.05, `${pruned} against ${full}`);
  });

  it('refuses a complexity below 0', () => {
    assert.throws(() => pruneTrees('decision tree', new Uint8Array(), noisy, -1), InvalidConfigError);
  });
});
