import type { SeedSpread, SeedTest } from '../../shared/metrics.js';
import { html, type Html } from './html.js';
import { formatDeviation, formatDifference, formatP, formatPercent } from './number-format.js';
import type { ReportContent } from './report-content.js';

/** What another seed changes: each model's spread, its fits one by one, and models compared seed by seed. Undefined where no model has several seeds. */
export function seedSection({ evaluation }: ReportContent): Html | undefined {
  const { seeds = [], seedTests = [], models } = evaluation;
  if (seeds.length === 0) return undefined;
  const accuracies = new Map(models.map(({ name, accuracy }) => [name, accuracy]));
  const sorted = seeds.toSorted((a, b) => b.accuracy.mean - a.accuracy.mean);
  return html`<p>The same model, fitted again with another seed: other first weights, another order of the images. What lies within a standard deviation or two is luck.</p>
    <div class="scroll"><table><thead><tr><th scope="col">Model</th><th scope="col">seeds</th><th scope="col">test accuracy</th><th scope="col">deviation</th><th scope="col">lowest</th>
      <th scope="col">highest</th><th scope="col">log-loss</th><th scope="col">deviation</th></tr></thead>
    <tbody>${sorted.map((spread) => spreadRow(spread, spread.names.map((name) => accuracies.get(name) ?? 0)))}</tbody></table></div>
    <details><summary>Seed by seed</summary><div class="scroll"><table><thead><tr><th scope="col">Model</th><th scope="col">seed</th><th scope="col">test accuracy</th><th scope="col">log-loss</th></tr></thead>
    <tbody>${sorted.flatMap(({ names }) => names.map((name, i) => seedRow(name, i + 1, evaluation)))}</tbody></table></div></details>
    ${seedTests.length > 0 ? comparisons(seedTests) : undefined}`;
}

function spreadRow({ model, names, accuracy, logLoss }: SeedSpread, accuracies: readonly number[]): Html {
  return html`<tr><th scope="row">${model}</th><td>${names.length}</td><td>${formatPercent(accuracy.mean, 3)}</td><td>${formatDeviation(accuracy.deviation)}</td>
    <td>${formatPercent(Math.min(...accuracies))}</td><td>${formatPercent(Math.max(...accuracies))}</td><td>${logLoss.mean.toFixed(4)}</td><td>± ${logLoss.deviation.toFixed(4)}</td></tr>`;
}

function seedRow(wanted: string, number: number, { models }: ReportContent['evaluation']): Html | undefined {
  const found = models.find(({ name }) => name === wanted);
  return found && html`<tr><th scope="row">${wanted}</th><td>${number}</td><td>${formatPercent(found.accuracy)}</td><td>${found.logLoss.toFixed(4)}</td></tr>`;
}

function comparisons(tests: readonly SeedTest[]): Html {
  return html`<h3>Seed against seed</h3><div class="scroll"><table><thead><tr><th scope="col">A</th><th scope="col" class="text">B</th><th scope="col">pairs</th><th scope="col">A − B, mean</th>
      <th scope="col">deviation</th><th scope="col">A ahead</th><th scope="col">B ahead</th><th scope="col">p</th><th scope="col" class="text">verdict (5&nbsp;% level)</th></tr></thead>
    <tbody>${tests.map((test) => html`<tr><th scope="row">${test.a}</th><th scope="row">${test.b}</th><td>${test.pairs}</td><td>${formatDifference(test.difference.mean)}</td>
      <td>${formatDeviation(test.difference.deviation)}</td><td>${test.aAhead}</td><td>${test.bAhead}</td><td>${test.pValue === null ? '–' : formatP(test.pValue)}</td>
      <td class="text">${verdictOf(test)}</td></tr>`)}</tbody></table></div>
    <p class="note">Test accuracies of the fits with the same seed, their differences under a paired t-test: would the one model be better with other seeds too? McNemar’s test asks whether two fits differ
      on other images. A dash: all differences are the same, and the test has no scale to measure them by.</p>`;
}

function verdictOf({ a, b, difference, pValue }: SeedTest): string {
  return pValue !== null && pValue < 0.05 ? `${difference.mean > 0 ? a : b} is better` : 'no difference shown';
}
