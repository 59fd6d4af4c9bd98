import { html, type Html } from './html.js';
import { formatCount, formatP } from './number-format.js';
import type { ReportContent } from './report-content.js';
import { reportedModels } from './reported-model.js';

/** Exact McNemar tests: are two models different, or lucky? The most accurate come first. */
export function pairedTests(content: ReportContent): Html | undefined {
  const { paired } = content.evaluation;
  if (paired.length === 0) return undefined;
  const rank = new Map(reportedModels(content).map(({ name }, index) => [name, index]));
  const rankOf = (name: string): number => rank.get(name) ?? rank.size;
  const rows = paired.toSorted((x, y) => rankOf(x.a) - rankOf(y.a) || rankOf(x.b) - rankOf(y.b)).map(({ a, b, onlyACorrect, onlyBCorrect, pValue }) => {
    const lead = onlyACorrect - onlyBCorrect;
    const verdict = pValue >= 0.05 ? 'no difference shown' : `${lead > 0 ? a : b} is better`;
    return html`<tr><th scope="row">${a}</th><th scope="row">${b}</th><td>${formatCount(onlyACorrect)}</td><td>${formatCount(onlyBCorrect)}</td>
      <td>${lead > 0 ? '+' : lead < 0 ? '−' : ''}${Math.abs(lead)}</td><td>${formatP(pValue)}</td><td class="text">${verdict}</td></tr>`;
  });
  return html`<div class="scroll"><table><thead><tr><th scope="col">A</th><th scope="col" class="text">B</th><th scope="col">only A correct</th>
    <th scope="col">only B correct</th><th scope="col">A − B</th><th scope="col">p</th><th scope="col" class="text">verdict (5&nbsp;% level)</th></tr></thead>
    <tbody>${rows}</tbody></table></div>
    <p class="note">Each test looks only at the images on which exactly one of the two is right. A p-value below 0.05 is called a difference; the
    values are not adjusted for the number of tests.</p>`;
}
