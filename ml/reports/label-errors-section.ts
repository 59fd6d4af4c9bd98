import type { LabelAudit } from '../../shared/analysis/label-audit.js';
import type { LabelCandidate } from '../../shared/analysis/label-candidate.js';
import type { LabelErrors } from '../../shared/analysis/label-errors.js';
import { html, type Html } from './html.js';
import { labelNoiseMap } from './label-noise-map.js';
import { formatCount, formatPercent } from './number-format.js';
import { pixelsPicture } from './pixels-picture.js';

/** The training labels that look wrong: what was found, the estimated noise, and the likeliest errors with their pictures. */
export function labelErrorsSection(errors: LabelErrors): Html {
  const { model, folds, rows, accuracy, confident, found, ranked, candidates } = errors;
  return html`<p>Confident learning looked for labels that are likely wrong. Each of the ${formatCount(rows)} training images was judged by a ${model} that was
    fitted on the other ${folds - 1} of ${folds} folds and had not seen it; those models agree with ${formatPercent(accuracy)} of the labels.
    ${images(found)} read with confidence as another digit than the label. An entry of the list is a question to a person: some are errors, others are
    odd but rightly labelled. No label is changed and no image is dropped.</p>
  ${gallery(candidates, 'training', ranked)}
  ${labelNoiseMap(confident, 'training labels')}`;
}

/** The audit of the test labels after the evaluation. */
export function labelAuditSection(audit: LabelAudit): Html {
  const { models, rows, confident, found, ranked, candidates } = audit;
  const names = models.map(({ name, weight }) => `${name} ${formatPercent(weight, 0)}`).join(', ');
  return html`<p>The same question to the ${formatCount(rows)} test labels, asked after the evaluation: the models' probabilities of the test images (${names};
    the weights are 1 / logLoss²) are averaged, and ${images(found)} read with confidence as another digit than the label.
    <b>The audit feeds nothing back</b>: every figure of this report counts the labels as they are given, and an answer that is right to the eye still
    counts as an error where the label disagrees.</p>
  ${gallery(candidates, 'test', ranked, models.length)}
  ${labelNoiseMap(confident, 'test labels')}`;
}

function images(count: number): string {
  return count === 1 ? '1 image is' : `${formatCount(count)} images are`;
}

function gallery(candidates: readonly (LabelCandidate & { readonly votes?: number })[], set: string, ranked: number, voters?: number): Html {
  if (candidates.length === 0) return html`<p class="note">No image is read as another digit than its label.</p>`;
  const tiles = candidates.map((candidate) => {
    const { row, given, suggested, confidence, selfConfidence, votes, width, height, pixels } = candidate;
    return html`<li><img src="${pixelsPicture(pixels, { width, height })}" width="${2 * width}" height="${2 * height}" alt="labelled ${given}, read as ${suggested}"
      title="${set} image ${row}: ${formatPercent(confidence, 1)} for ${suggested}, ${formatPercent(selfConfidence, 1)} for ${given}">
      <b>${given} → ${suggested}</b> <small>${formatPercent(confidence, 1)}</small>${votes === undefined ? undefined : html`<small>${votes} of ${voters}</small>`}</li>`;
  });
  const rest = ranked > candidates.length ? ` The first ${formatCount(candidates.length)} of ${formatCount(ranked)} whose label is not the most probable digit.` : '';
  const voting = voters === undefined ? '' : ` Below it, how many of the ${voters} models find the suggested digit more probable than the label.`;
  return html`<figure><ul class="gallery">${tiles}</ul><figcaption>The ${set} images whose label is likeliest wrong: given label → suggested digit, and the
    probability of the suggested digit. Likeliest errors first, by normalised margin (probability of the label less that of the suggested digit).${voting}${rest}</figcaption></figure>`;
}
