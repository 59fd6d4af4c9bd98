import type { ConformalFigures } from '../../shared/calibration.js';
import { calibratedModels, type CalibratedModel } from './calibrated-model.js';
import { html, type Html } from './html.js';
import { formatPercent } from './number-format.js';
import type { ReportContent } from './report-content.js';

const NAMES = { lac: 'LAC', 'lac-by-class': 'LAC by class', aps: 'APS', raps: 'RAPS' } as const;

/** Sets of digits that hold the true one in a promised share of images: how often they do, and how large they are. */
export function conformalSection(content: ReportContent): Html | undefined {
  const models = calibratedModels(content);
  const best = models[0];
  if (!best || best.calibrated.conformal.length === 0) return undefined;
  return html`${modelsTable(models)}
    <p class="note">Sets by LAC: all digits whose calibrated probability reaches a threshold from validation images. Given are the share of test images whose set holds the
    true digit and the mean number of digits in a set; under them, the share of sets with exactly one digit and of empty ones. Where a model errs more rarely than the promise allows,
    a set may be empty: the image is too odd for any digit.</p>
    <h3>${best.name}: four ways to make a set</h3>${scoresTable(best)}
    <p class="note">Shares of images whose set holds the true digit, over all and digit by digit, and the mean size of the sets. LAC by class has a threshold for each digit, so that its
    promise holds digit by digit; APS adds up probabilities from the likeliest digit on; RAPS charges for every further digit. A share lies below its promise by chance
    about half the time; what falls short by more than four standard deviations is marked.</p>`;
}

function modelsTable(models: readonly CalibratedModel[]): Html {
  const lac = ({ calibrated }: CalibratedModel): ConformalFigures[] => calibrated.conformal.filter(({ score }) => score === 'lac');
  const first = models[0];
  return html`<div class="scroll"><table class="results"><thead><tr><th scope="col">Model</th>${first && lac(first).map(({ alpha }) => html`<th scope="col">promised ${formatPercent(1 - alpha, 1)}</th>`)}</tr></thead>
    <tbody>${models.map((model) => html`<tr><th scope="row">${model.name}</th>${lac(model).map((sets) => html`<td>${formatPercent(sets.coverage)}, ${sets.meanSize.toFixed(3)}
    <small>one ${formatPercent(sets.single, 1)}, none ${formatPercent(sets.empty, 1)}</small></td>`)}</tr>`)}</tbody></table></div>`;
}

function scoresTable({ calibrated, evaluation }: CalibratedModel): Html {
  const rows = calibrated.conformal.map(({ score, alpha, coverage, meanSize, byClass }) => html`<tr><th scope="row">${NAMES[score]}</th><td>${formatPercent(1 - alpha, 1)}</td>
    <td>${formatPercent(coverage)}</td><td>${meanSize.toFixed(3)}</td>${byClass.map((share, digit) => (share === null
      ? html`<td class="none">–</td>`
      : html`<td class="${fallsShort(share, alpha, evaluation.classes[digit]?.support ?? 0) ? 'worst' : ''}">${formatPercent(share, 1)}</td>`))}</tr>`);
  return html`<div class="scroll"><table class="results"><thead><tr><th scope="col">Sets</th><th scope="col">promised</th><th scope="col">held</th><th scope="col">mean size</th>
    ${calibrated.conformal[0]?.byClass.map((_, digit) => html`<th scope="col">${digit}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** More than four standard deviations below the promise. */
function fallsShort(share: number, alpha: number, images: number): boolean {
  return share < 1 - alpha - 4 * Math.sqrt((alpha * (1 - alpha)) / Math.max(1, images));
}
