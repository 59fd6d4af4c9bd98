import type { DataCheck, GateCheck } from '../../shared/analysis/data-check.js';
import { html, type Html } from './html.js';
import { formatCount } from './number-format.js';

/** Every check of the validation gate, what it found and what it asks. */
export function gateTable({ checks, passed }: DataCheck): Html {
  const failures = checks.filter((check) => !check.passed).length;
  return html`<figure><div class="scroll"><table class="compact"><thead><tr><th scope="col">Check</th><th scope="col">found</th><th scope="col" class="text">expected</th><th scope="col" class="text">setting</th>
    <th scope="col" class="text">more</th><th scope="col" class="text">result</th></tr></thead><tbody>${checks.map(row)}</tbody></table></div>
    <figcaption>The gate looks at the data after ingest, and the run goes on only when all checks pass. ${passed ? `All ${checks.length} passed.` : `${failures} of ${checks.length} failed.`}
      Settings are under <code>analyse.gate</code>.</figcaption></figure>`;
}

function row({ name, got, expected, setting, detail, passed }: GateCheck): Html {
  return html`<tr><th scope="row">${name}</th><td>${Number.isInteger(got) ? formatCount(got) : String(Number(got.toPrecision(3)))}</td><td class="text">${expected}</td>
    <td class="text">${setting ?? '–'}</td><td class="text">${detail}</td><td class="text ${passed ? '' : 'worst'}">${passed ? 'passed' : 'failed'}</td></tr>`;
}
