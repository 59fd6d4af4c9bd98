import * as Plot from '@observablehq/plot';
import { calibratedModels, type CalibratedModel } from './calibrated-model.js';
import { html, type Html } from './html.js';
import { formatCount, formatPercent, formatTick } from './number-format.js';
import { plotFigure } from './plot-figure.js';
import type { ReportContent } from './report-content.js';

const COLOURS = ['var(--orange)', 'var(--blue)', 'var(--green)', 'var(--violet)'] as const;

/** What may be left to a person: how many images a model answers when only so many answers may be wrong. */
export function rejectionSection(content: ReportContent): Html | undefined {
  const models = calibratedModels(content);
  const targets = models[0]?.calibrated.rejection ?? [];
  if (models.length === 0) return undefined;
  const rows = models.map(({ name, calibrated: { rejection, errorFree, area } }) => html`<tr><th scope="row">${name}</th>
    ${rejection.map(({ coverage, risk, errors, largestCoverage, target }) => html`<td class="${risk > target ? 'worst' : ''}">${formatPercent(coverage)}<small>${formatCount(errors)} wrong,
    ${formatPercent(risk)}; at best ${formatPercent(largestCoverage)}</small></td>`)}<td>${formatCount(errorFree)}</td>
    <td>${thousandths(area.confidence.aurc)}<small>excess ${thousandths(area.confidence.excess)}</small></td>
    <td>${thousandths(area.margin.aurc)}</td><td>${thousandths(area.uncalibrated.aurc)}</td></tr>`);
  return html`${riskChart(models.slice(0, COLOURS.length), content.evaluation.rows)}
    <div class="scroll"><table class="results"><thead><tr><th scope="col">Model</th>${targets.map(({ target }) => html`<th scope="col">at most ${formatPercent(target, 1)} wrong</th>`)}
    <th scope="col">before the first error</th><th scope="col">AURC × 1000</th><th scope="col">by margin</th><th scope="col">uncalibrated</th></tr></thead><tbody>${rows}</tbody></table></div>
    <p class="note">A model answers an image if its largest calibrated probability reaches a threshold; the others are rejected. Thresholds are those that kept the rate of
    wrong answers on validation images, out of fold; the figures are what they do on the ${formatCount(content.evaluation.rows)} test images: the share answered, how many
    of the answers are wrong (marked where that exceeds the rate), and the largest share that any threshold would have answered at that rate. “Before the first error” counts
    the images that are surer than the surest error. AURC is the mean risk over all coverages; its excess is over an order that puts all errors last.</p>`;
}

function thousandths(area: number): string {
  return (1000 * area).toFixed(3);
}

/** Risk by share rejected, both by their logarithm: all that is of interest happens where little is rejected. */
function riskChart(models: readonly CalibratedModel[], rows: number): Html | undefined {
  const points = models.flatMap(({ name, calibrated: { curve } }, index) => curve
    .map(([coverage, risk]) => ({ name, colour: COLOURS[index], answered: 100 * coverage, risk: 100 * risk }))
    .filter(({ risk }) => risk > 0));
  if (points.length === 0) return undefined;
  const least = Math.min(...points.map(({ answered }) => answered));
  const keys = models.map(({ name }, index) => html`<span class="key" style="--key:${COLOURS[index]}">${name}</span>`);
  return plotFigure(
    html`Risk-coverage: the share of wrong answers among the surest images. ${keys}. Each line begins at its first error; the right end is without rejection.`,
    'Risk-coverage curves of the most accurate models',
    {
      width: 760, height: 320, marginLeft: 58, marginBottom: 42, marginTop: 14, marginRight: 20,
      x: { domain: [Math.max(0, least - 0.5), 100], label: 'images answered, %', labelAnchor: 'center', labelArrow: 'none', ticks: 8 },
      y: { type: 'log', domain: [Math.max(100 / rows, Math.min(...points.map(({ risk }) => risk))), Math.max(...points.map(({ risk }) => risk))], label: 'wrong answers, %', grid: true, ticks: 5, tickFormat: formatTick, labelArrow: 'none', clamp: true },
      marks: [
        Plot.line(points, { x: 'answered', y: 'risk', z: 'name', stroke: 'colour', strokeWidth: 2 }),
        Plot.dot(points, { x: 'answered', y: 'risk', fill: 'colour', r: 2 }),
      ],
    },
  );
}
