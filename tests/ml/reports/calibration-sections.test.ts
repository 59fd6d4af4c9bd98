import assert from 'node:assert/strict';
import { DOMParser } from 'linkedom';
import { fitCalibration } from '../../../ml/calibration/fit-calibration.js';
import { evaluateCalibrated } from '../../../ml/evaluation/evaluate-calibrated.js';
import { rowsBetween } from '../../../ml/matrix.js';
import { renderReport } from '../../../ml/reports/render-report.js';
import type { ReportContent } from '../../../ml/reports/report-content.js';
import type { CalibratedEvaluation } from '../../../shared/calibration.js';
import { plantedRows } from '../calibration/planted-rows.js';
import { reportFixture } from './report-fixture.js';

const IDS = ['calibration', 'rejection', 'conformal'] as const;

function calibratedFor(temperature: number, methods: readonly 'temperature'[]): CalibratedEvaluation {
  const { proba, labels } = plantedRows({ rows: 2_000, seed: 4, temperature });
  const settings = { methods, risks: [0.3, 0.01], alphas: [0.1, 0.01] };
  return evaluateCalibrated(fitCalibration(rowsBetween(proba, 0, 1_000), labels.subarray(0, 1_000), settings, 1), rowsBetween(proba, 1_000, 2_000), labels.subarray(1_000), 2);
}

/** The fixture's models with calibrations made of planted rows. */
function content(change: (calibrated: CalibratedEvaluation) => CalibratedEvaluation = (same) => same): ReportContent {
  const fixture = reportFixture();
  const made: Record<string, CalibratedEvaluation> = { ensemble: calibratedFor(0.5, ['temperature']), cnn: calibratedFor(1, []) };
  const models = fixture.evaluation.models.map((model) => {
    const calibrated = made[model.name];
    return calibrated ? { ...model, calibrated: change(calibrated) } : model;
  });
  return { ...fixture, evaluation: { ...fixture.evaluation, models } };
}

function sections(from: ReportContent): Partial<Record<string, string>> {
  const page = new DOMParser().parseFromString(renderReport(from), 'text/html');
  return Object.fromEntries([...page.querySelectorAll('main > section')].map((section) => [section.id, section.textContent?.replace(/\s+/g, ' ') ?? '']));
}

describe('the report of calibration', () => {
  it('leaves its sections out where nothing was calibrated', () => {
    assert.ok(IDS.every((id) => !(id in sections(reportFixture()))));
  });

  it('shows figures before and after, and the method chosen', () => {
    const calibrated = calibratedFor(0.5, ['temperature']);
    const text = sections(content()).calibration ?? '';
    for (const figure of [calibrated.before.logLoss, calibrated.after.logLoss, calibrated.before.ece, calibrated.after.ece, calibrated.after.brier]) assert.ok(text.includes(figure.toFixed(4)), text);
    assert.match(text, /ensemble\s?temperature [12]\.\d+\s+temperature/);
    assert.match(text, /cnn\s?as they are\s+none/);
    assert.match(text, /on 1,000 validation images/);
  });

  it('draws reliability before and after for calibrated models only', () => {
    const page = new DOMParser().parseFromString(renderReport(content()), 'text/html');
    assert.equal(page.querySelectorAll('#calibration .plot').length, 2);
    const honest = content(({ validation, ...rest }) => ({ ...rest, validation: { ...validation, method: 'none' } }));
    assert.equal(new DOMParser().parseFromString(renderReport(honest), 'text/html').querySelectorAll('#calibration .plot').length, 0);
  });

  it('shows how much is answered at each rate of errors, and marks a rate that was not kept', () => {
    const page = (of: ReportContent): number => new DOMParser().parseFromString(renderReport(of), 'text/html').querySelectorAll('#rejection td.worst').length;
    const [first] = calibratedFor(0.5, ['temperature']).rejection;
    const text = sections(content()).rejection ?? '';
    assert.ok(first && text.includes(`${(100 * first.coverage).toFixed(2)} %${first.errors} wrong`), text);
    const set = (risk: number) => (calibrated: CalibratedEvaluation): CalibratedEvaluation => ({ ...calibrated, rejection: calibrated.rejection.map((each) => ({ ...each, risk })) });
    assert.deepEqual([page(content(set(0))), page(content(set(0.02)))], [0, 2]);
  });

  it('shows how often sets hold the truth, for every model by LAC and for the best by all scores', () => {
    const [lac] = calibratedFor(0.5, ['temperature']).conformal;
    const text = sections(content()).conformal ?? '';
    assert.ok(lac && text.includes(`${(100 * lac.coverage).toFixed(2)} %, ${lac.meanSize.toFixed(3)}`), text);
    for (const name of ['LAC by class', 'APS', 'RAPS', 'ensemble: four ways']) assert.ok(text.includes(name), name);
    const unfair = content((calibrated) => ({ ...calibrated, conformal: calibrated.conformal.map((each) => ({ ...each, byClass: each.byClass.map((_, k) => (k === 3 ? 0.2 : k === 4 ? null : 0.999)) })) }));
    const cells = new DOMParser().parseFromString(renderReport(unfair), 'text/html').querySelectorAll('#conformal td.worst');
    assert.equal(cells.length, 8);
  });

  it('stands where a model errs never, answers nothing, or has no promise to keep', () => {
    const perfect = content((calibrated) => ({
      ...calibrated, curve: [[0.5, 0], [1, 0]], errorFree: 1_000,
      rejection: calibrated.rejection.map((each) => ({ ...each, threshold: null, coverage: 0, risk: 0, errors: 0 })),
    }));
    const bare = content((calibrated) => ({ ...calibrated, rejection: [], conformal: [] }));
    for (const page of [perfect, bare].map(renderReport)) assert.doesNotMatch(page, /NaN|undefined|Infinity/);
    assert.ok(!('conformal' in sections(bare)) && 'rejection' in sections(bare));
  });
});
