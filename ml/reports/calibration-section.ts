import type { ProbabilityFigures } from '../../shared/calibration.js';
import { calibratedModels, type CalibratedModel } from './calibrated-model.js';
import { html, type Html } from './html.js';
import { formatCount, formatPercent } from './number-format.js';
import { reliabilityDiagram } from './reliability-diagram.js';
import type { ReportContent } from './report-content.js';

const NAMES = { none: 'none', temperature: 'temperature', platt: 'Platt', isotonic: 'isotonic' } as const;
const PICTURED = 3;

/** Every model's probabilities on the test images before and after calibration, and what validation rows had promised. */
export function calibrationSection(content: ReportContent): Html | undefined {
  const models = calibratedModels(content);
  if (models.length === 0) return undefined;
  const pair = (before: number, after: number, show: (value: number) => string): Html =>
    html`<td>${show(before)}</td><td class="${after < before ? 'best' : ''}">${show(after)}</td>`;
  const four = (value: number): string => value.toFixed(4);
  const rows = models.map(({ name, calibrated: { validation, before, after } }) => html`<tr><th scope="row">${name}<small>${validation.description}</small></th>
    <td class="text">${NAMES[validation.method]}</td><td>${four(validation.before.logLoss)}<small>${four(validation.after.logLoss)}</small></td>
    ${pair(before.logLoss, after.logLoss, four)}${pair(before.ece, after.ece, four)}${pair(before.brier, after.brier, four)}
    <td>${accuracyChange(before, after)}</td></tr>`);
  const changed = models.filter(({ calibrated }) => calibrated.validation.method !== 'none').slice(0, PICTURED);
  return html`<div class="scroll"><table class="results"><thead><tr><th scope="col">Model</th><th scope="col" class="text">method</th><th scope="col">validation log-loss</th>
    <th scope="col">log-loss</th><th scope="col">after</th><th scope="col">ECE</th><th scope="col">after</th><th scope="col">Brier</th><th scope="col">after</th>
    <th scope="col">answers</th></tr></thead><tbody>${rows}</tbody></table></div>
    <p class="note">Each model's method is the one with the smallest log-loss on ${formatCount(models[0]?.calibrated.validation.rows ?? 0)} validation images in five-fold
    cross-validation, leaving the probabilities as they are among them; small figures under the validation log-loss are after calibration, out of fold. The other columns
    are of the test images; what calibration has mended is in bold. Temperature scaling keeps every answer; the other methods may change a few.</p>
    ${changed.length === 0 ? undefined : html`<div class="grid">${changed.flatMap(diagrams)}</div>`}`;
}

function accuracyChange(before: ProbabilityFigures, after: ProbabilityFigures): Html | string {
  return after.accuracy === before.accuracy ? 'the same' : html`${formatPercent(after.accuracy)}<small>before ${formatPercent(before.accuracy)}</small>`;
}

function diagrams({ calibrated, ...model }: CalibratedModel): Html[] {
  const after = { ...model, name: `${model.name} after calibration`, evaluation: { ...model.evaluation, reliability: calibrated.reliability } };
  return [model, after].map((each, i) => html`<div><h3>${model.name}, ${i === 0 ? 'its own probabilities' : calibrated.validation.description}</h3>${reliabilityDiagram(each)}</div>`);
}
