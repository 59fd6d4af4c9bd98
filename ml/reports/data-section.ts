import type { DataCheck } from '../../shared/analysis/data-check.js';
import { MEASURE_NAMES, type DataDescription } from '../../shared/analysis/data-description.js';
import { MEASURES } from '../analysis/describe/measures.js';
import { classBalance, measureRanges, qualityChart } from './data-charts.js';
import { meanPictures, outlierPictures, qualityParts, qualityPictures } from './data-pictures.js';
import { dataTable, intensityTable } from './data-table.js';
import { gateTable } from './gate-table.js';
import { html, type Html } from './html.js';
import { formatCount } from './number-format.js';

/** The data themselves: what the images are like, how clean, how odd, and whether the gate let them pass. */
export function dataSection(description: DataDescription, check?: DataCheck): Html {
  const { train, test, digits } = description;
  const { brightness, sparsity, strokeWidth } = train.measures;
  const definitions = MEASURE_NAMES.map((name) => html`<dt>${MEASURES[name].title}</dt><dd>${MEASURES[name].definition}.</dd>`);
  return html`<p>${formatCount(train.count)} training and ${formatCount(test.count)} test images of ${description.width} x ${description.height} pixels, ${digits.length} digits. An image is
    ${(100 * sparsity.mean).toFixed(0)} % empty, has a mean brightness of ${brightness.mean.toFixed(3)} (test: ${test.measures.brightness.mean.toFixed(3)}) and strokes of ${strokeWidth.mean.toFixed(1)} pixels.
    Test labels play no part here.</p>
  <div class="grid">${classBalance(description)}${qualityChart(description)}</div>
  <h3>Mean and variance</h3>${meanPictures(description)}
  <h3>Digit by digit</h3>${dataTable(description)}${measureRanges(description)}
  <details><summary>Intensity of all pixels together, and how every number is defined</summary>${intensityTable(description)}<dl>${definitions}</dl></details>
  <h3>Quality</h3>${qualityParts(description)}${qualityPictures(description)}
  <h3>Outliers</h3>${outlierPictures(description)}
  ${check && html`<h3>Validation gate</h3>${gateTable(check)}`}`;
}
