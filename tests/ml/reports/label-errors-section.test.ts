import assert from 'node:assert/strict';
import { labelAuditSection, labelErrorsSection } from '../../../ml/reports/label-errors-section.js';
import type { ConfidentFigures, LabelCandidate } from '../../../shared/analysis/label-candidate.js';

const joint = Array.from({ length: 10 }, (_, given) => Array.from({ length: 10 }, (__, other) => (given === other ? 100 : 0)));
const confident: ConfidentFigures = {
  thresholds: Array.from({ length: 10 }, () => 0.9), counts: joint, joint, noise: 0.0033,
  pairs: [{ given: 4, suggested: 9, count: 3, rate: 0.03 }],
};
const candidate: LabelCandidate = {
  row: 17, given: 4, suggested: 9, selfConfidence: 0.01, confidence: 0.98, margin: 0.015, confident: true, width: 2, height: 2,
  pixels: Buffer.from(Uint8Array.of(0, 255, 9, 7)).toString('base64'),
};
const errors = { kind: 'label-errors', model: 'cnn', folds: 3, rows: 1_003, accuracy: 0.9876, logLoss: 0.04, confident, found: 1, ranked: 12, candidates: [candidate] } as const;
const audit = {
  kind: 'label-audit', models: [{ name: 'cnn', weight: 0.9 }, { name: 'xgboost', weight: 0.1 }], rows: 500, confident, found: 3, ranked: 1,
  candidates: [{ ...candidate, votes: 2 }],
} as const;

describe('the report on labels', () => {
  it('shows each candidate with its picture, its label, the suggested digit and the confidence', () => {
    const { markup } = labelErrorsSection(errors);
    assert.match(markup, /<img src="data:image\/png;base64,[^"]+" width="4" height="4" alt="labelled 4, read as 9"/);
    assert.match(markup, /<b>4 → 9<\/b> <small>98\.0/);
    assert.match(markup, /training image 17: 98\.0.% for 9, 1\.0.% for 4/);
    assert.match(markup, /other 2 of 3 folds/);
    assert.match(markup, /1 image is read with confidence/);
    assert.match(markup, /The first 1 of 12/);
  });

  it('draws the joint off its diagonal, and names the pair and the noise', () => {
    const { markup } = labelErrorsSection(errors);
    assert.match(markup, /<svg/);
    assert.match(markup, /4 → 9 \(3, which is 3\.00.% of the images labelled 4\)/);
    assert.match(markup, /0\.33.%/);
  });

  it('says that the audit feeds nothing back, who was asked, and how many agree', () => {
    const { markup } = labelAuditSection(audit);
    assert.match(markup, /feeds nothing back/);
    assert.match(markup, /cnn 90.%, xgboost 10.%/);
    assert.match(markup, /2 of 2/);
    assert.doesNotMatch(markup, /The first 1 of/);
  });

  it('says so where no label looks wrong', () => {
    const { markup } = labelErrorsSection({ ...errors, found: 0, ranked: 0, candidates: [], confident: { ...confident, noise: 0, pairs: [] } });
    assert.match(markup, /No image is read as another digit than its label/);
    assert.match(markup, /0 images are read/);
    assert.match(markup, /no image off its diagonal/);
    assert.doesNotMatch(markup, /<svg/);
  });
});
