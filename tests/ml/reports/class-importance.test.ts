import assert from 'node:assert/strict';
import { DOMParser } from 'linkedom';
import { renderReport } from '../../../ml/reports/render-report.js';
import type { ReportContent } from '../../../ml/reports/report-content.js';
import type { JsonObject } from '../../../shared/json.js';
import { reportFixture } from './report-fixture.js';

function tableRows(content: ReportContent): string[][] {
  const document = new DOMParser().parseFromString(renderReport(content), 'text/html');
  return [...document.querySelectorAll('#importance table tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent?.replace(/\s+/g, ' ') ?? ''));
}

function withXgboost(details: JsonObject): ReportContent {
  const content = reportFixture();
  return { ...content, fits: { ...content.fits, xgboost: { ...content.fits['xgboost'], ...details } } };
}

describe('classImportance', () => {
  it('shows the columns of each digit with their part of the digit\'s gain, beside the importances', () => {
    const rows = tableRows(reportFixture());
    assert.equal(rows.length, 10);
    assert.deepEqual(rows[0], ['0', 'hog.b0.o025.0 %', 'hog.b0.o120.0 %', 'hog.b0.o215.0 %', 'hog.b0.o310.0 %', 'hog.b0.o45.0 %']);
    assert.deepEqual(rows[9]?.slice(0, 2), ['9', 'hog.b9.o013.2 %']); // 250 of 1,900
  });

  it('leaves a gap for a digit with fewer columns, and for one whose trees gained nothing', () => {
    const rows = tableRows(withXgboost({ classGain: [4, 0], classImportance: [[['a', 3], ['b', 1]], []] }));
    assert.deepEqual(rows, [['0', 'a75.0 %', 'b25.0 %'], ['1', '–', '–']]);
  });

  it('is left out where no fit tells the digits apart, or no tree gained anything', () => {
    assert.deepEqual(tableRows(withXgboost({ classImportance: null })), []);
    assert.deepEqual(tableRows(withXgboost({ classGain: [0, 0], classImportance: [[], []] })), []);
  });

  it('escapes the columns\' names', () => {
    const page = renderReport(withXgboost({ classGain: [1], classImportance: [[['<img src=x onerror=alert(1)>', 1]]] }));
    assert.ok(page.includes('&lt;img src=x onerror=alert(1)&gt;') && !page.includes('<img src=x'));
  });
});
