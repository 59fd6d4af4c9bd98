import assert from 'node:assert/strict';
import { DOMParser } from 'linkedom';
import { compareSeeds } from '../../../ml/evaluation/compare-seeds.js';
import { renderReport } from '../../../ml/reports/render-report.js';
import type { ReportContent } from '../../../ml/reports/report-content.js';
import { reportFixture } from './report-fixture.js';

/** The fixture with a CNN of three seeds and a twin of two, the one better than the other with either seed. */
function withSeeds(): ReportContent {
  const content = reportFixture();
  const { evaluation, result, fits } = content;
  const like = <T extends { readonly name: string }>(models: readonly T[]): T => models.find(({ name }) => name === 'cnn') ?? assert.fail('no cnn');
  const more = [['cnn.2', 0.9941, 0.02], ['cnn.3', 0.9936, 0.024], ['twin', 0.991, 0.03], ['twin.2', 0.9921, 0.028]] as const;
  const models = [...evaluation.models, ...more.map(([name, accuracy, logLoss]) => ({ ...like(evaluation.models), name, accuracy, logLoss }))];
  const groups = [{ model: 'twin', names: ['twin', 'twin.2'] }, { model: 'cnn', names: ['cnn', 'cnn.2', 'cnn.3'] }];
  return {
    ...content,
    evaluation: { ...evaluation, models, ...compareSeeds(models, groups, [['cnn', 'twin']]) },
    result: { ...result, models: [...result.models, ...more.map(([name]) => ({ ...like(result.models), name }))] },
    fits: { ...fits, ...Object.fromEntries(more.map(([name]) => [name, fits['cnn'] ?? {}])) },
  };
}

describe('a report of models with several seeds', () => {
  const parsed = (content: ReportContent): ReturnType<DOMParser['parseFromString']> => new DOMParser().parseFromString(renderReport(content), 'text/html');
  const document = parsed(withSeeds());
  const rows = (selector: string): string[] => [...document.querySelectorAll(selector)].map(({ textContent }) => (textContent ?? '').replace(/\s+/g, ' ').trim());

  it('has one row for a model, with the mean and the deviation of its seeds', () => {
    const names = [...document.querySelectorAll('#results tbody th')].map(({ firstChild }) => firstChild?.textContent);
    assert.deepEqual(names, ['ensemble', 'cnn', 'cnn-int8', 'twin', 'xgboost', 'logistic-regression']);
    const cnn = rows('#results tbody tr').find((row) => row.startsWith('cnn3 seeds')) ?? assert.fail(names.join('; '));
    assert.match(cnn, /99\.36\s%± 0\.050.*0\.0221± 0\.0020/);
    for (const section of ['results', 'models', 'accuracy', 'training']) assert.ok(!rows(`#${section}`).join(' ').includes('cnn.2'), `cnn.2 is in ${section}`);
  });

  it('shows the best mean first, and every seed', () => {
    assert.match(rows('#seeds tbody tr')[0] ?? '', /^cnn3 ?99\.360\s%/);
    assert.deepEqual([...document.querySelectorAll('#seeds details tbody th')].map(({ textContent }) => textContent), ['cnn', 'cnn.2', 'cnn.3', 'twin', 'twin.2']);
  });

  it('compares two models seed by seed, and says no more than the test does', () => {
    // 99.31 - 99.10 = 0.21 and 99.41 - 99.21 = 0.20: t = 0.205 / (0.0070711 / sqrt 2) = 41, p = 0.0155
    const row = rows('#seeds h3 + div tbody tr')[0] ?? '';
    assert.match(row, /^cnntwin2\+0\.20\spp ± 0\.007200\.016 ?cnn is better$/);
  });

  it('leaves the section out where every model has one seed', () => {
    assert.equal(parsed(reportFixture()).querySelector('#seeds'), null);
  });
});
