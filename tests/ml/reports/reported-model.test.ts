import assert from 'node:assert/strict';
import { bestOf, reportedModels } from '../../../ml/reports/reported-model.js';
import { reportFixture } from './report-fixture.js';

describe('the best model of a report', () => {
  it('is the one that validation rows found best, whatever the test images say', () => {
    const content = reportFixture();
    const names = reportedModels(content).filter(({ role }) => role === 'model').map(({ name }) => name);
    const last = names.at(-1) ?? '';
    assert.ok(names.length > 1);
    const fits = Object.fromEntries(names.map((name) => [name, { ...content.fits[name], validationAccuracy: name === last ? 0.99 : 0.98 }]));
    assert.equal(bestOf(reportedModels({ ...content, fits }), 'model')?.name, last);
    assert.equal(bestOf([], 'model'), undefined);
  });
});
