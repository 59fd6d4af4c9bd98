import type { AugmentationAnalysis, AugmentationKind, AugmentationParameter, PngPicture } from '../../shared/analysis/augmentation.js';
import { html, type Html } from './html.js';

/** What the run's augmentation does to digits: the contact sheet, each kind at and beyond its limits, the pipeline itself. */
export function augmentationSection({ document, seed, copies, sheet, kinds }: AugmentationAnalysis): Html {
  return html`<figure>${picture(sheet, 2, 'augmented digits')}
    <figcaption>Each row: a training image, then ${copies} augmented copies of it (seed ${seed}). All moves and displacements of a copy are one map, sampled once.</figcaption></figure>
  <details><summary>The pipeline of these copies, a JSON document</summary><pre class="document">${document}</pre></details>
  <h3>How far each kind may go</h3>
  <p class="note">First row: the images as they are. Second row: one kind alone at the end of the range in which digits keep their labels, one parameter at its limit and the others at
    their defaults. Third row: beyond it. Where a value is drawn, columns show the upper and the lower end of its range in turn.
    A pipeline goes beyond only where its document says <code>"beyondSafeLimits": true</code>.</p>
  <div class="limits">${kinds.map(kindFigure)}</div>`;
}

function kindFigure({ kind, parameters, shown, atLimit, beyond, strip }: AugmentationKind): Html {
  return html`<figure><h4>${kind}</h4>${picture(strip, 1.5, `${kind} at ${shown} ${atLimit} and ${beyond}`)}
    <figcaption><p>Shown: ${shown} ${atLimit}, then ${beyond}.</p>${parameters.map(limits)}</figcaption></figure>`;
}

function limits({ name, default: usual, safe: [least, most], because }: AugmentationParameter): Html {
  return html`<p><b>${name}</b> ${least}${' to '}${most} (default ${usual}). Beyond, ${because}.</p>`;
}

function picture({ png, width, height }: PngPicture, zoom: number, alt: string): Html {
  return html`<img class="digits" src="data:image/png;base64,${png}" width="${zoom * width}" height="${zoom * height}" alt="${alt}">`;
}
