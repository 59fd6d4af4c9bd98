import { MANY_MODELS } from './fold-away.js';
import { html, type Html } from './html.js';
import { modelSection } from './model-section.js';
import { formatCount, formatPercent } from './number-format.js';
import type { ReportContent } from './report-content.js';
import type { ReportedModel } from './reported-model.js';

/** Of many models, those in full. */
const SHOWN = 6;

/** Every model in detail; of many, the most accurate are seen at once and each of the others behind a line of its own. */
export function modelSections(models: readonly ReportedModel[], imageAt: ReportContent['imageAt']): Html {
  const shown = models.length > MANY_MODELS ? SHOWN : models.length;
  return html`${models.map((model, index) => {
    const section = modelSection(model, imageAt);
    if (index < shown) return section;
    return html`<details><summary>${model.name}: ${formatPercent(model.evaluation.accuracy)}, ${formatCount(model.errors)} errors</summary>${section}</details>`;
  })}`;
}
