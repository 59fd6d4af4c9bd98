import type { LabelCandidate } from '../../../shared/analysis/label-candidate.js';
import { InvalidDataError } from '../../../shared/errors.js';
import { decodeNpy } from '../../data/npy.js';
import type { LabelFindings } from './confident-learning.js';

/**
 * The first `shown` candidates with their pictures, from image shards (uint8 `.npy`, [rows, height, width], in order).
 * @throws InvalidDataError when the shards are no images, or have another number of rows than there are labels.
 */
export function showCandidates({ candidates, quality, confident }: LabelFindings, labels: Uint8Array, shards: readonly Uint8Array[], shown: number): LabelCandidate[] {
  const images = decodeShards(shards, labels.length);
  return candidates.slice(0, shown).map((row) => {
    const selfConfidence = quality.selfConfidence[row];
    const margin = quality.margin[row];
    return {
      row, given: labels[row], suggested: quality.suggested[row], selfConfidence, margin, confident: confident.has(row),
      confidence: selfConfidence + 1 - 2 * margin,
      ...pictureOf(images, row),
    };
  });
}

interface Shard {
  readonly from: number;
  readonly to: number;
  readonly height: number;
  readonly width: number;
  readonly data: Uint8Array;
}

function decodeShards(shards: readonly Uint8Array[], rows: number): Shard[] {
  let from = 0;
  const decoded = shards.map((bytes) => {
    const { data, shape } = decodeNpy(bytes, 'images');
    if (!(data instanceof Uint8Array) || shape.length !== 3) {
      throw new InvalidDataError(`images: expected uint8 [rows, height, width], got ${data.constructor.name} [${shape.join(', ')}].`);
    }
    const [count, height, width] = shape as [number, number, number];
    from += count;
    return { from: from - count, to: from, height, width, data };
  });
  if (from !== rows) throw new InvalidDataError(`${from} images for ${rows} labels: expected one image a label.`);
  return decoded;
}

function pictureOf(shards: readonly Shard[], row: number): Pick<LabelCandidate, 'width' | 'height' | 'pixels'> {
  const shard = shards.find(({ from, to }) => row >= from && row < to) as Shard;
  const area = shard.width * shard.height;
  const at = (row - shard.from) * area;
  return { width: shard.width, height: shard.height, pixels: Buffer.from(shard.data.subarray(at, at + area)).toString('base64') };
}
