import assert from 'node:assert/strict';
import { ensembleTable } from '../../../ml/reports/ensemble-table.js';
import { headline } from '../../../ml/reports/headline.js';
import type { ReportContent } from '../../../ml/reports/report-content.js';
import { reportFixture } from './report-fixture.js';

/** The fixture with two more ensembles: one that is better on the test images alone, and one on the validation rows. */
function withOthers(): ReportContent {
  const content = reportFixture();
  const { evaluation, result, fits } = content;
  const [own, row] = [evaluation.models.find(({ name }) => name === 'ensemble'), result.models.find(({ name }) => name === 'ensemble')];
  if (!own || !row) throw new Error('the fixture has no ensemble');
  return {
    ...content,
    evaluation: { ...evaluation, models: [...evaluation.models, { ...own, name: 'greedy', accuracy: 0.9999 }, { ...own, name: 'soft-vote-oof', accuracy: 0.5 }] },
    result: { ...result, models: [...result.models, { ...row, name: 'greedy', kind: 'greedy' }, { ...row, name: 'soft-vote-oof', kind: 'soft-vote-oof', bases: ['cnn', 'xgboost'] }] },
    fits: {
      ...fits,
      greedy: { rows: 10_000, outOfFoldLogLoss: 0.031, validationLogLoss: 0.031, validationAccuracy: 0.991, weights: { xgboost: 0.1, cnn: 0.7, a: 0.05, b: -0.15 } },
      'soft-vote-oof': { rows: 60_000, outOfFoldLogLoss: 0.027, validationLogLoss: 0.011, validationAccuracy: 0.992 },
    },
  };
}

describe('the table of ensembles', () => {
  it('puts the best on the validation rows first, whatever the test images say, with its rows and its models', () => {
    const { markup } = ensembleTable(withOthers()) ?? { markup: '' };
    assert.deepEqual([...markup.matchAll(/<tr><th>([a-z-]+)<small>/g)].map(([, name]) => name), ['soft-vote-oof', 'ensemble', 'greedy']);
    assert.match(markup, /<th>soft-vote-oof<small><\/small><\/th><td>2<\/td>\s*<td>60,000<\/td><td>0\.02700<\/td><td>0\.01100<\/td>/);
    assert.match(markup, /<th>ensemble<small>log-pool<\/small>/);
  });

  it('shows the three largest weights, by size', () => {
    assert.match(ensembleTable(withOthers())?.markup ?? '', /<td>cnn 0\.70, b -0\.15, xgboost 0\.10<\/td>/);
  });

  it('is left out where there is no ensemble', () => {
    const content = reportFixture();
    const without = { ...content, evaluation: { ...content.evaluation, models: content.evaluation.models.filter(({ name }) => name !== 'ensemble') } };
    assert.equal(ensembleTable(without), undefined);
  });

  it('leaves the headline to the ensemble that the validation rows have chosen', () => {
    assert.match(headline(withOthers()).markup, /9,942 of 10,000/);
  });
});
