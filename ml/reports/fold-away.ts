import { html, type Html } from './html.js';

/** Above so many models a report shows the most accurate ones in full, and of the others what a reader asks for. */
export const MANY_MODELS = 12;

/** The first `shown` parts, and the rest behind a line that opens them. */
export function foldAway(parts: readonly Html[], shown: number, summary: (rest: number) => string, around: (parts: readonly Html[]) => Html): Html {
  const rest = parts.slice(shown);
  return rest.length === 0 ? around(parts) : html`${around(parts.slice(0, shown))}<details><summary>${summary(rest.length)}</summary>${around(rest)}</details>`;
}
