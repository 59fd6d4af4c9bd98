import assert from 'node:assert/strict';
import { stratifiedFolds } from '../../../ml/ensembles/stratified-folds.js';
import { labelsOf } from '../../support/made-up-bases.js';

describe('stratified folds', () => {
  it('spread every class evenly, and differ by seed', () => {
    const labels = labelsOf(1_003);
    const folds = stratifiedFolds(labels, 5, 1);
    for (let label = 0; label < 10; label++) {
      const counts = [0, 1, 2, 3, 4].map((fold) => labels.filter((own, row) => own === label && folds[row] === fold).length);
      assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, counts.join(' '));
    }
    assert.notDeepEqual(stratifiedFolds(labels, 5, 2), folds);
  });
});
