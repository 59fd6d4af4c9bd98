import type { LabelCandidate } from '../../../shared/analysis/label-candidate.js';
import { InvalidDataError } from '../../../shared/errors.js';
import { decodeImageShards } from '../../data/decode-image-shards.js';
import { imageBase64 } from '../../data/image-base64.js';
import type { LabelFindings } from './confident-learning.js';

/**
 * The first `shown` candidates with their pictures, from image shards (uint8 `.npy`, [rows, height, width], in order).
 * @throws InvalidDataError when the shards are no images, or have another number of rows than there are labels.
 */
export function showCandidates({ candidates, quality, confident }: LabelFindings, labels: Uint8Array, shards: readonly Uint8Array[], shown: number): LabelCandidate[] {
  const { width, height, pixels } = decodeImageShards(shards, 'images');
  if (pixels.rows !== labels.length) throw new InvalidDataError(`${pixels.rows} images for ${labels.length} labels: expected one image a label.`);
  return candidates.slice(0, shown).map((row) => {
    const selfConfidence = quality.selfConfidence[row];
    const margin = quality.margin[row];
    return {
      row, given: labels[row], suggested: quality.suggested[row], selfConfidence, margin, confident: confident.has(row),
      confidence: selfConfidence + 1 - 2 * margin,
      width, height, pixels: imageBase64({ pixels }, row),
    };
  });
}
