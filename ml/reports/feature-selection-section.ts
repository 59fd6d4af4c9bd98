import type { FeatureSelection } from '../../shared/analysis/feature-selection.js';
import { correlationMap } from './correlation-map.js';
import { familyShareChart } from './family-share-chart.js';
import { html, type Html } from './html.js';
import { formatCount, formatPercent } from './number-format.js';

const COLUMNS_SHOWN = 20;
const PAIRS_SHOWN = 20;

const RANKINGS = {
  mutualInformation: 'mutual information', importance: 'importance', combined: 'the mean of the ranks by mutual information and by importance',
} as const;

/** Which columns of the features say most about the digit, which of them say the same, and which were chosen. */
export function featureSelectionSection(selection: FeatureSelection): Html {
  const { rows, ranked, chosen, ranking, maxCorrelation, passedOverTotal, constantColumns, pairsTotal, correlationRows } = selection;
  return html`<p>${formatCount(chosen.length)} of ${formatCount(ranked.length)} columns were chosen on the ${formatCount(rows)} training images before the validation images: from the best down by
    ${RANKINGS[ranking]}, passing over ${formatCount(passedOverTotal)} whose correlation with a column taken before is above ${maxCorrelation} in size.
    ${counted(constantColumns.length, 'column is', 'columns are')} constant. ${counted(pairsTotal, 'pair of columns is', 'pairs of columns are')} correlated above 0.95 in size (Pearson, on ${formatCount(correlationRows)} evenly spaced images).</p>
    <div class="grid">${familyShareChart(selection)}${bestColumns(selection)}${correlationMap(selection)}${redundantPairs(selection)}</div>`;
}

function bestColumns({ ranked, chosen, bins, importanceOf }: FeatureSelection): Html {
  const taken = new Set(chosen);
  const body = ranked.slice(0, COLUMNS_SHOWN).map(({ column, mutualInformation, importance }) => html`<tr><th scope="row">${column}</th><td>${mutualInformation.toFixed(3)}</td>
    <td>${formatMagnitude(importance)}</td><td>${taken.has(column) ? 'yes' : html`<span class="none">no</span>`}</td></tr>`);
  const importanceName = importanceOf === 'anova-f' ? 'F' : 'importance';
  return html`<figure><div class="scroll"><table class="results"><thead><tr><th scope="col">column</th><th scope="col">nats</th><th scope="col">${importanceName}</th><th scope="col">taken</th></tr></thead>
    <tbody>${body}</tbody></table></div><figcaption>The best ${Math.min(COLUMNS_SHOWN, ranked.length)} columns. nats: mutual information with the digit (at most ln 10 = 2.303), over ${bins} bins of equal
    frequency. ${importanceOf === 'anova-f' ? 'F: variance between the digits’ means over variance within digits (one-way ANOVA).' : 'Importance as the fitted model gives it.'}</figcaption></figure>`;
}

function redundantPairs({ pairs, pairsTotal }: FeatureSelection): Html | undefined {
  if (pairs.length === 0) return undefined;
  const body = pairs.slice(0, PAIRS_SHOWN).map(([first, second, correlation]) => html`<tr><td class="text">${first}</td><td class="text">${second}</td><td>${signed(correlation)}</td></tr>`);
  return html`<figure><div class="scroll"><table class="results"><thead><tr><th scope="col">column</th><th scope="col" class="text">says the same as</th><th scope="col">r</th></tr></thead>
    <tbody>${body}</tbody></table></div><figcaption>The ${Math.min(PAIRS_SHOWN, pairs.length)} most redundant pairs of columns and their correlation r
    (${formatPercent(Math.min(PAIRS_SHOWN, pairs.length) / pairsTotal, 1)} of those above 0.95 in size).</figcaption></figure>`;
}

function counted(count: number, one: string, several: string): string {
  return count === 0 ? `No ${one}` : `${formatCount(count)} ${count === 1 ? one : several}`;
}

function signed(correlation: number): string {
  return `${correlation < 0 ? '−' : ''}${Math.abs(correlation).toFixed(4)}`;
}

function formatMagnitude(value: number): string {
  return value >= 1e9 ? value.toExponential(1) : value >= 100 ? formatCount(value) : value.toPrecision(3);
}
