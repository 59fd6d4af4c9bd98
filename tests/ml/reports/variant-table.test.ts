import assert from 'node:assert/strict';
import { variantTable } from '../../../ml/reports/variant-table.js';
import { reportedModels } from '../../../ml/reports/reported-model.js';
import type { ReportedModel } from '../../../ml/reports/reported-model.js';
import { reportFixture } from './report-fixture.js';

describe('the table of variants', () => {
  const [int8] = reportedModels(reportFixture()).filter(({ role }) => role === 'variant');
  const made = (name: string, bytes: number, more: Partial<NonNullable<ReportedModel['result']>>, fit: ReportedModel['fit'] = {}): ReportedModel => {
    assert.ok(int8?.result);
    return { ...int8, name, fit, result: { ...int8.result, name, bytes, ...more } };
  };
  const rowsOf = (variants: ReportedModel[]): string[][] => [...variantTable(variants).markup.matchAll(/<tr><th scope="row">([^]*?)<\/tr>/g)]
    .map(([, row = '']) => row.split(/<\/t[hd]>/).map((cell) => cell.replaceAll(/<[^>]*>|\n/g, '').trim()).filter((cell) => cell !== ''));

  it('has a line for each, the smallest of a model first, with what the gate says', () => {
    const rows = rowsOf([
      made('large', 9_000, { gate: { passed: true, chosen: false, reasons: [] } }),
      made('small', 4_000, { gate: { passed: false, chosen: false, reasons: ['less accurate', 'was not timed'] } }, { form: 'int8-weights4', constantBytes: 3_100, codedBytes: 2_900, multiplyAdds: 123_456, validationAccuracy: 0.9876 }),
      made('a-forest', 50_000, { of: 'a', gate: { passed: true, chosen: true, reasons: [] } }, { how: '50 % of the trees', constantBytes: null }),
    ]);
    assert.deepEqual(rows.map(([name]) => name), ['a-forest', 'small', 'large']);
    assert.deepEqual(rows.map((cells) => cells.at(-1)), ['chosen', 'refused: less accurate; was not timed', 'passed']);
    assert.deepEqual(rows[1]?.slice(1, 4), ['cnn', 'int8-weights4', '4 kB']);
    assert.ok(rows[1]?.includes('3.1 kB') && rows[1].includes('2.9 kB') && rows[1].some((cell) => cell.startsWith('98.76')), rows[1]?.join(' | '));
    const [[averaged] = []] = rowsOf([made('net-int8', 1, {}, { note: 'answers for an image as it is' })]);
    assert.equal(averaged, 'net-int8answers for an image as it is');
    assert.deepEqual(rows[0]?.slice(1, 6), ['a', '50 % of the trees', '50 kB', '–', '–']);
  });
});
