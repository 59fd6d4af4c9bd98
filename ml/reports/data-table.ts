import type { DataDescription, GroupDescription, MeasureName, Spread } from '../../shared/analysis/data-description.js';
import { MEASURES } from '../analysis/describe/measures.js';
import { html, type Html } from './html.js';
import { formatCount, formatPercent } from './number-format.js';

interface Column {
  readonly measure: MeasureName;
  readonly title: string;
  format(value: number): string;
}

const three = (value: number): string => value.toFixed(3);
const percent = (value: number): string => formatPercent(value, 1);
const COLUMNS: readonly Column[] = [
  { measure: 'brightness', title: 'brightness', format: three },
  { measure: 'contrast', title: 'contrast', format: three },
  { measure: 'sparsity', title: 'sparsity', format: percent },
  { measure: 'ink', title: 'ink', format: percent },
  { measure: 'edges', title: 'edges', format: percent },
  { measure: 'entropy', title: 'entropy, bits', format: (value) => value.toFixed(2) },
  { measure: 'skewness', title: 'skewness', format: (value) => value.toFixed(2) },
  { measure: 'kurtosis', title: 'kurtosis', format: (value) => value.toFixed(1) },
  { measure: 'strokeWidth', title: 'stroke, px', format: (value) => value.toFixed(2) },
  { measure: 'boxWidth', title: 'width, px', format: (value) => value.toFixed(1) },
  { measure: 'boxHeight', title: 'height, px', format: (value) => value.toFixed(1) },
  { measure: 'spread', title: 'spread, px', format: (value) => value.toFixed(2) },
];

/** What images are like, by digit and split: means over images, standard deviations below. */
export function dataTable({ digits, train, test }: DataDescription): Html {
  const rows = digits.map((group) => row(String(group.digit), group, group.quality));
  return html`<figure><div class="scroll"><table class="compact data-table"><thead><tr><th scope="col">Digit</th><th scope="col">images</th>
    ${COLUMNS.map(({ measure, title }) => html`<th scope="col" title="${MEASURES[measure].definition}">${title}</th>`)}<th scope="col">quality</th></tr></thead>
    <tbody>${rows}${row('train', train)}${row('test', test)}</tbody></table></div>
    <figcaption>Means over the images, with standard deviations below. Skewness and kurtosis (excess) are of an image’s brightness values.</figcaption></figure>`;
}

function row(name: string, { count, share, measures }: GroupDescription, quality?: Spread): Html {
  return html`<tr><th scope="row">${name}</th><td>${formatCount(count)}<small>${share < 1 ? percent(share) : ''}</small></td>
    ${COLUMNS.map(({ measure, format }) => html`<td>${format(measures[measure].mean)}<small>± ${format(measures[measure].sd)}</small></td>`)}
    <td>${quality && html`${three(quality.mean)}<small>± ${three(quality.sd)}</small>`}</td></tr>`;
}

/** Statistics of all pixels of a split or digit taken together. */
export function intensityTable({ digits, train, test }: DataDescription): Html {
  const groups = [...digits.map((group) => [String(group.digit), group] as const), ['train', train] as const, ['test', test] as const];
  const rows = groups.map(([name, { intensity }]) => html`<tr><th scope="row">${name}</th>${[intensity.mean, intensity.sd, intensity.min, intensity.median, intensity.max].map((value) => html`<td>${three(value)}</td>`)}
    <td>${intensity.skewness.toFixed(2)}</td><td>${intensity.kurtosis.toFixed(2)}</td><td>${intensity.entropy.toFixed(2)}</td></tr>`);
  return html`<figure><div class="scroll"><table class="compact"><thead><tr><th scope="col">All pixels of</th><th scope="col">mean</th><th scope="col">sd</th><th scope="col">min</th><th scope="col">median</th>
    <th scope="col">max</th><th scope="col">skewness</th><th scope="col">kurtosis</th><th scope="col">entropy, bits</th></tr></thead><tbody>${rows}</tbody></table></div>
    <figcaption>Intensity of all pixels of a group taken together: 0 is ground, 1 full ink.</figcaption></figure>`;
}
