import { EMBEDDING_SCALE } from '../../shared/analysis/embedding.js';
import type { EmbeddingPoints } from '../../shared/analysis/embedding.js';
import type { Matrix } from '../matrix.js';

/** More would be drawn over each other. */
const MOST = 20000;

/** The first points of a map, quantised for a picture, with their digits; the scale is the same in both directions. */
export function embeddingPoints({ rows, data }: Matrix<Float32Array>, labels: Uint8Array): EmbeddingPoints {
  const least = [Infinity, Infinity];
  const most = [-Infinity, -Infinity];
  data.forEach((value, i) => {
    least[i & 1] = Math.min(least[i & 1], value);
    most[i & 1] = Math.max(most[i & 1], value);
  });
  const span = Math.max(most[0] - least[0], most[1] - least[1]) || 1;
  const count = Math.min(rows, MOST);
  const bytes = new DataView(new ArrayBuffer(4 * count));
  for (let i = 0; i < 2 * count; i++) {
    const centred = (data[i] - (least[i & 1] + most[i & 1]) / 2) / span;
    bytes.setUint16(2 * i, Math.round((0.5 + centred) * EMBEDDING_SCALE), true);
  }
  return {
    count,
    positions: Buffer.from(bytes.buffer).toString('base64'),
    labels: Buffer.from(labels.subarray(0, count)).toString('base64'),
  };
}
