import { html, type Html } from './html.js';
import { formatCount, formatPercent } from './number-format.js';
import type { ReportedModel } from './reported-model.js';

/** Precision, recall and F1 of each digit; the weakest F1 is marked. */
export function classTable({ evaluation }: ReportedModel): Html {
  const weakest = Math.min(...evaluation.classes.map(({ f1 }) => f1));
  const rows = evaluation.classes.map(
    ({ precision, recall, f1, support }, digit) => html`<tr><th scope="row">${digit}</th><td>${formatCount(support)}</td>
      <td>${formatPercent(precision)}</td><td>${formatPercent(recall)}</td><td class="${f1 === weakest ? 'worst' : ''}">${formatPercent(f1)}</td></tr>`,
  );
  return html`<figure><div class="scroll"><table class="compact"><thead><tr><th scope="col">Digit</th><th scope="col">images</th><th scope="col">precision</th>
    <th scope="col">recall</th><th scope="col">F1</th></tr></thead><tbody>${rows}</tbody></table></div>
    <figcaption>Per digit; the lowest F1 is marked.</figcaption></figure>`;
}
