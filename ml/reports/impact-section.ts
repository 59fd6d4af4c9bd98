import { budgetOf } from '../../shared/analysis/augmentation-impact.js';
import type { AugmentationImpact, WayImpact } from '../../shared/analysis/augmentation-impact.js';
import { html, type Html } from './html.js';
import { impactAdvice, wayLabel } from './impact-advice.js';
import { impactPlot } from './impact-plot.js';
import { formatCount, formatDeviation, formatDifference, formatP, formatPercent, formatSeconds } from './number-format.js';

/** What augmentation is worth and what it costs: the advice, every seed of every way, and the figures side by side. */
export function impactSection(impact: AugmentationImpact): Html {
  const { model, trainRows, validationRows, seeds, ways, advice } = impact;
  return html`${impactAdvice(impact)}
    ${impactPlot(ways, validationRows)}
    <div class="scroll"><table><thead><tr><th scope="col">Augmentation</th><th scope="col">validation accuracy</th><th scope="col">over none</th><th scope="col">p</th>
      <th scope="col">seeds ahead</th><th scope="col">time of a fit</th><th scope="col">cost</th><th scope="col">images seen</th></tr></thead>
    ${advice.map(({ budget, take }) => html`<tbody>${ways.filter((way) => budgetOf(way) === budget).map((way) => row(way, way.name === take))}</tbody>`)}</table></div>
    <p class="note">The same network (${model}) on the same ${formatCount(trainRows)} training images, ${seeds} times each way: with the same seeds, hence with the same first weights. Over none: the mean difference to none
      with as many images seen, its deviation, and p of a paired t-test, not adjusted for the number of ways. Cost: time as a multiple of that none’s, measured beside whatever else was trained. Few epochs flatter
      no augmentation: what makes the task harder pays in longer trainings. Test images play no part here.</p>`;
}

function row(way: WayImpact, taken: boolean): Html {
  const { kinds, accuracy, gain, accuracies, meanSeconds, meanImages, cost } = way;
  const label = wayLabel(way);
  const within = kinds.join(' + ');
  return html`<tr><th scope="row">${label}${within === '' || label.startsWith(within) ? undefined : html`<small>${within}</small>`}</th>
    <td class="${taken ? 'best' : ''}">${formatPercent(accuracy.mean, 3)}<small>${formatDeviation(accuracy.deviation)}</small></td>
    ${gain ? html`<td>${formatDifference(gain.difference.mean)}<small>${formatDeviation(gain.difference.deviation)}</small></td><td>${gain.pValue === null ? '–' : formatP(gain.pValue)}</td><td>${gain.aAhead} of ${accuracies.length}</td>`
      : html`<td class="none">–</td><td class="none">–</td><td class="none">–</td>`}
    <td>${formatSeconds(meanSeconds)}</td><td>${cost.toFixed(2)} ×</td><td>${formatCount(meanImages)}</td></tr>`;
}
