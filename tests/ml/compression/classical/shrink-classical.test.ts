import assert from 'node:assert/strict';
import { shrinkClassical } from '../../../../ml/compression/classical/shrink-classical.js';
import { argmaxRows } from '../../../../ml/evaluation/argmax-rows.js';
import type { LabelledMatrix } from '../../../../ml/matrix.js';
import type { ModelKind } from '../../../../ml/models/model.js';
import { model as decisionTree } from '../../../../ml/models/decision-tree.js';
import { model as knn } from '../../../../ml/models/knn.js';
import { model as forest } from '../../../../ml/models/random-forest.js';
import { model as svm } from '../../../../ml/models/svm.js';
import { model as xgboost } from '../../../../ml/models/xgboost.js';
import { InvalidConfigError } from '../../../../shared/errors.js';
import { toyDigits } from '../../../support/digits.js';
import { QUIET } from '../../../support/fit-context.js';
import { xgboostPath } from '../../../support/xgboost-path.js';

const native = { xgboost: xgboostPath() };
const context = { native, working: () => undefined };

describe('shrinking of classical models', function () {
  this.timeout(60_000);
  const rows = { train: toyDigits({ rows: 300, seed: 1 }), validation: toyDigits({ rows: 200, seed: 2 }) };
  const fit = async <O extends object>(kind: ModelKind<O>, options: Partial<O>, train: LabelledMatrix = rows.train): Promise<Uint8Array> =>
    (await kind.fit(train, rows.validation, { ...kind.defaults, ...options }, { ...QUIET, native })).save();

  for (const [kind, options, how, part] of [
    [svm, { threads: 1, roots: true }, /vectors, in bytes/, 0.3], [forest, { threads: 1, trees: 16 }, /of the trees/, 0.75],
    [xgboost, { threads: 1, rounds: 20, columns: 100, earlyStoppingRounds: 0 }, /of the rounds/, 0.8],
  ] as [ModelKind<object>, object, RegExp, number][]) {
    it(`finds a much smaller form that is as accurate: ${kind.name}`, async () => {
      const bytes = await fit(kind, options);
      const shrunk = await shrinkClassical(kind, bytes, rows, 0.02, context);
      assert.match(shrunk.how, how);
      assert.ok(shrunk.bytes.length < part * bytes.length, `${shrunk.bytes.length} of ${bytes.length}`);
      assert.ok(shrunk.accuracy >= shrunk.accuracyBefore - 0.02);
      const small = await kind.load(shrunk.bytes, native);
      assert.equal(small.columns, 784);
      small.dispose();
    });
  }

  it('chooses by every second validation row, and judges by the others, of which it tells the accuracy', async () => {
    const bytes = await fit(forest, { threads: 1, trees: 16 });
    const shrink = (labels: Uint8Array): ReturnType<typeof shrinkClassical> => shrinkClassical(forest as ModelKind<object>, bytes, { ...rows, validation: { ...rows.validation, labels } }, 1, context);
    const mixed = (odd: number): Uint8Array => rows.validation.labels.map((label, row) => (row % 2 === odd ? (label + 3 + (row % 5)) % 10 : label));
    const [plain, otherChoice, otherJudge] = [await shrink(rows.validation.labels), await shrink(mixed(0)), await shrink(mixed(1))];
    assert.deepEqual(otherJudge.bytes, plain.bytes);
    assert.notDeepEqual(otherChoice.bytes, plain.bytes);
    assert.equal(otherChoice.accuracyBefore, plain.accuracyBefore);
    assert.ok(otherJudge.accuracyBefore < plain.accuracyBefore - 0.5);
    const accuracyOf = async (model: Uint8Array): Promise<number> => {
      const labels = argmaxRows(await (await forest.load(model, {})).predictProba(rows.validation.x));
      return labels.filter((label, row) => row % 2 === 1 && label === rows.validation.labels[row]).length / 100;
    };
    assert.deepEqual([plain.accuracyBefore, plain.accuracy], [await accuracyOf(bytes), await accuracyOf(plain.bytes)]);
    assert.notEqual(plain.accuracy, plain.accuracyBefore);
  });

  it('leaves a model as it was where every smaller form loses too much', async () => {
    const bytes = await fit(forest, { threads: 1, trees: 2, columnsPerSplit: 1, maxDepth: 6 });
    const { how, bytes: same } = await shrinkClassical(forest as ModelKind<object>, bytes, rows, -0.5, context);
    assert.deepEqual([how, same], ['as it was', bytes]);
  });

  it('prunes what a decision tree learnt of noise', async () => {
    const labels = rows.train.labels.map((label, row) => (row % 6 === 0 ? (label + 1) % 10 : label));
    const noisy = { x: rows.train.x, labels };
    const bytes = await fit(decisionTree, { minLeafRows: 1 }, noisy);
    const shrunk = await shrinkClassical(decisionTree as ModelKind<object>, bytes, { ...rows, train: noisy }, 0.02, context);
    assert.match(shrunk.how, /pruned/);
    assert.ok(shrunk.accuracy >= shrunk.accuracyBefore - 0.02);
  });

  it('refuses by name a kind that has no smaller form', async () => {
    const bytes = await fit(knn, {});
    await assert.rejects(shrinkClassical(knn as ModelKind<object>, bytes, rows, 0.01, context), (error) => error instanceof InvalidConfigError && /knn/.test(error.message));
  });
});
