import assert from 'node:assert/strict';
import { splitFold } from '../../../ml/ensembles/split-fold.js';
import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';

describe('the split of a fold', () => {
  const labels = Uint8Array.from({ length: 1_003 }, (_, row) => (row * 7) % 10);
  const splits = [0, 1, 2].map((fold) => splitFold(labels, { fold, folds: 3, foldSeed: 11 }));

  it('gives every row to exactly one of fitting, early stopping and the fold', () => {
    for (const { train, validation, held } of splits) {
      const all = [...train, ...validation, ...held].sort((a, b) => a - b);
      assert.deepEqual(all, [...labels.keys()]);
      assert.ok(Math.abs(validation.length - (1_003 - held.length) / 20) <= 10, `${validation.length}`);
    }
  });

  it('holds every row in exactly one fold of an assignment', () => {
    assert.deepEqual(splits.flatMap(({ held }) => [...held]).sort((a, b) => a - b), [...labels.keys()]);
  });

  it('depends on the seed of the assignment', () => {
    assert.notDeepEqual(splitFold(labels, { fold: 0, folds: 3, foldSeed: 12 }).held, splits[0]?.held);
    assert.deepEqual(splitFold(labels, { fold: 0, folds: 3, foldSeed: 11 }), splits[0]);
  });

  it('refuses folds that are not there, and rows that are too few', () => {
    for (const changed of [{ fold: 3 }, { fold: -1 }, { fold: 0.5 }, { folds: 1 }, { folds: 300 }, { foldSeed: Number.NaN }]) {
      assert.throws(() => splitFold(labels, { fold: 0, folds: 3, foldSeed: 1, ...changed }), InvalidConfigError, JSON.stringify(changed));
    }
    assert.throws(() => splitFold(Uint8Array.of(1), { fold: 0, folds: 2, foldSeed: 1 }), InvalidDataError);
  });
});
