import assert from 'node:assert/strict';
import { boostTrees } from '../../../ml/trees/boost-trees.js';
import type { BoostedTrees } from '../../../ml/trees/boost-trees.js';
import type { LabelledMatrix } from '../../../ml/matrix.js';
import { InvalidConfigError } from '../../../shared/errors.js';
import { QUIET, labelled } from '../../support/fit-context.js';
import { WHOLE_TREE, binned } from '../../support/grow-a-tree.js';

const { log, exp } = Math;

describe('AdaBoost', () => {
  const boost = (rows: LabelledMatrix, rounds: number, learningRate = 1, maxDepth = 1): Promise<BoostedTrees> =>
    boostTrees(binned(rows), rows.labels, rounds, learningRate, { ...WHOLE_TREE, maxDepth }, QUIET);
  const close = (actual: Iterable<number>, expected: readonly number[]): void => {
    const got = [...actual];
    assert.equal(got.length, expected.length);
    expected.forEach((value, i) => assert.ok(Math.abs((got[i] ?? NaN) - value) < 1e-7, `${got.join(' ')} are not ${expected.join(' ')}`));
  };
  const column = (labels: readonly number[]): LabelledMatrix => labelled(labels.map((_, row) => [row]), labels);

  it('weighs rows and votes of two classes as worked out by hand', async () => {
    const { trees, weights, errors } = await boost(column([0, 0, 0, 1, 1, 0]), 3);
    // 1: cut behind the third row, wrong about the last one of six, which then weighs half of all
    // 2: cut before the last row, wrong about the two ones: 0.1 + 0.1 of 1, which then weigh 0.4 each beside 0.1, 0.1, 0.1 and 0.5
    // 3: the same cut, now a 1 on its left: wrong about the first three, 0.3 of 1.6
    assert.deepEqual(trees.map(({ bins }) => bins[0]), [2, 4, 4]);
    assert.deepEqual(trees.map(({ leafClasses }) => [...leafClasses]), [[0, 1], [0, 0], [1, 0]]);
    close(errors, [1 / 6, 0.2, 0.3 / 1.6]);
    close(weights, [log(5), log(4), log(13 / 3)]);
  });

  it('adds log(classes - 1) to every vote (SAMME)', async () => {
    const { weights, errors } = await boost(column([3, 3, 3, 3, 5, 5, 5, 9]), 2);
    // 1: cut behind the fourth row, wrong about the 9: 1 of 8; its weight times 7 * 2 makes it 14 of 21
    // 2: cut before the 9: 3s and 5s on the left as 3s, wrong about 3 of 21
    close(errors, [1 / 8, 3 / 21]);
    close(weights, [log(7) + log(2), log(6) + log(2)]);
  });

  it('multiplies votes, and what missed rows gain, by the learning rate', async () => {
    const { weights, errors } = await boost(column([3, 3, 3, 3, 5, 5, 5, 9]), 2, 0.5);
    const gained = exp(0.5 * log(14));
    close(errors, [1 / 8, 3 / (7 + gained)]);
    close(weights, [0.5 * log(14), 0.5 * log((2 * (4 + gained)) / 3)]);
  });

  it('ends with the first tree that misses nothing', async () => {
    const { trees, errors, weights } = await boost(column([0, 0, 1, 1, 2, 2]), 50, 1, 2);
    assert.deepEqual([trees.length, [...errors], [...weights]], [1, [0], [1]]);
  });

  it('ends before a tree that is no better than chance, but keeps the first', async () => {
    const { trees, errors } = await boost(labelled([[1], [1]], [0, 1]), 50);
    assert.deepEqual([trees.length, [...errors]], [1, [0.5]]);
  });

  it('refuses no rounds and no learning rate', async () => {
    for (const [rounds, rate] of [[0, 1], [5, 0], [5, NaN], [NaN, 1]] as const) await assert.rejects(boost(column([0, 1]), rounds, rate), InvalidConfigError);
  });
});
