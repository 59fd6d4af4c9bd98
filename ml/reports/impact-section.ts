import * as Plot from '@observablehq/plot';
import type { AugmentationImpact, WayImpact } from '../../shared/analysis/augmentation-impact.js';
import { html, type Html } from './html.js';
import { impactAdvice, wayLabel } from './impact-advice.js';
import { formatCount, formatDeviation, formatDifference, formatP, formatPercent, formatSeconds } from './number-format.js';
import { plotFigure } from './plot-figure.js';

/** What augmentation is worth and what it costs: the advice, every seed of every way, and the figures side by side. */
export function impactSection(impact: AugmentationImpact): Html {
  const { model, trainRows, validationRows, seeds, ways, advice } = impact;
  return html`${impactAdvice(impact)}
    ${accuracyPlot(ways, validationRows)}
    <div class="scroll"><table><thead><tr><th scope="col">Augmentation</th><th scope="col">validation accuracy</th><th scope="col">over none</th><th scope="col">p</th>
      <th scope="col">seeds ahead</th><th scope="col">time of a fit</th><th scope="col">cost</th><th scope="col">images seen</th></tr></thead>
    <tbody>${ways.map((way) => row(way, way.name === advice.take))}</tbody></table></div>
    <p class="note">The same network (${model}) on the same ${formatCount(trainRows)} training images, ${seeds} times each way: with the same seeds, hence with the same first weights. Over none: the mean difference, its
      deviation, and p of a paired t-test, not adjusted for the number of ways. Cost: time as a multiple of none’s, measured beside whatever else was trained; a fit with images expanded beforehand makes as many
      epochs as the others, of more images. Few epochs flatter no augmentation: what makes the task harder pays in longer trainings. Test images play no part here.</p>`;
}

function row(way: WayImpact, taken: boolean): Html {
  const { kinds, accuracy, gain, accuracies, meanSeconds, meanImages, cost } = way;
  const label = wayLabel(way);
  const within = kinds.join(' + ');
  return html`<tr><th scope="row">${label}${within === label || within === '' ? undefined : html`<small>${within}</small>`}</th>
    <td class="${taken ? 'best' : ''}">${formatPercent(accuracy.mean, 3)}<small>${formatDeviation(accuracy.deviation)}</small></td>
    ${gain ? html`<td>${formatDifference(gain.difference.mean)}<small>${formatDeviation(gain.difference.deviation)}</small></td><td>${gain.pValue === null ? '–' : formatP(gain.pValue)}</td><td>${gain.aAhead} of ${accuracies.length}</td>`
      : html`<td class="none">–</td><td class="none">–</td><td class="none">–</td>`}
    <td>${formatSeconds(meanSeconds)}</td><td>${cost.toFixed(2)} ×</td><td>${formatCount(meanImages)}</td></tr>`;
}

function accuracyPlot(ways: readonly WayImpact[], validationRows: number): Html {
  const caption = html`Accuracy on the ${formatCount(validationRows)} validation images. Dots: each seed; bar: their mean. The dashed line is the mean without augmentation.`;
  const labels = ways.map(wayLabel);
  const dots = ways.flatMap((way) => way.accuracies.map((accuracy) => ({ way: wayLabel(way), accuracy: 100 * accuracy })));
  const means = ways.map((way) => ({ way: wayLabel(way), accuracy: 100 * way.accuracy.mean, text: formatPercent(way.accuracy.mean) }));
  const [least, most] = [Math.min(...dots.map(({ accuracy }) => accuracy)), Math.max(...dots.map(({ accuracy }) => accuracy))];
  const room = Math.max(0.02, 0.08 * (most - least));
  return plotFigure(caption, 'Validation accuracy of each way to augment, seed by seed', {
    width: 640, height: 62 + 30 * ways.length, marginLeft: 14 + Math.min(240, 6.8 * Math.max(...labels.map(({ length }) => length))), marginRight: 66, marginTop: 10, marginBottom: 40,
    x: { domain: [least - room, Math.min(100, most + room)], ticks: 5, label: 'validation accuracy, %', grid: true, labelAnchor: 'center', labelArrow: 'none' },
    y: { domain: labels, label: null, tickSize: 0 },
    marks: [
      Plot.ruleX(means.slice(0, 1), { x: 'accuracy', stroke: 'currentColor', strokeOpacity: 0.5, strokeDasharray: '4 4' }),
      Plot.dot(dots, { x: 'accuracy', y: 'way', fill: 'var(--blue)', fillOpacity: 0.45, r: 4.5 }),
      Plot.tickX(means, { x: 'accuracy', y: 'way', stroke: 'var(--blue)', strokeWidth: 3, inset: 5 }),
      Plot.text(means, { x: most + room, y: 'way', dx: 8, textAnchor: 'start', fill: 'currentColor', fontWeight: 600, text: 'text', clip: false }),
    ],
  });
}
