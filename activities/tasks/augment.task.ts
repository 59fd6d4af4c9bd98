import { augmentRows } from '../../ml/augment/augment-rows.js';
import { parsePipelineDocument } from '../../ml/augment/pipeline-document.js';
import { decodeNpy, encodeNpy } from '../../ml/data/npy.js';
import { MEDIA } from '../../shared/artifact.js';
import { InvalidConfigError, InvalidDataError } from '../../shared/errors.js';
import type { Json } from '../../shared/json.js';
import type { StepFunction } from '../../shared/step.js';

/** Parameters of the augmentation step. */
export interface AugmentParams {
  /** The pipeline (PipelineDocument, version 1). */
  readonly document: Json;
  /** Augmented images for each given one. */
  readonly copies: number;
  /** The row of the shard's first image in the whole set: what is drawn for an image depends on it, not on the sharding. */
  readonly firstRow: number;
  /** How many of the shard's images are augmented, from its first. */
  readonly rows: number;
  /** The same for all shards; the step's own seed would differ from one to the next. */
  readonly seed: number;
}

/** One shard of images in, the copies of each, in the order of the images, out. */
const augment: StepFunction<AugmentParams> = ({ params: { document, copies, firstRow, rows, seed }, inputs }, hooks) => {
  const pipeline = parsePipelineDocument(document);
  for (const [name, value, least] of [['copies', copies, 1], ['firstRow', firstRow, 0], ['rows', rows, 0], ['seed', seed, 0]] as const) {
    if (!Number.isSafeInteger(value) || value < least) throw new InvalidConfigError(`${name}: got ${value}, expected a whole number from ${least} on.`);
  }
  const bytes = inputs['images']?.[0];
  const shard = bytes && decodeNpy(bytes, 'images');
  if (shard?.dtype !== 'u1' || shard.shape.length !== 3 || shard.shape[1] !== shard.shape[2]) {
    throw new InvalidDataError(`images: expected one uint8 array [rows, side, side], got ${shard ? `${shard.dtype} [${shard.shape.join(', ')}]` : 'nothing'}.`);
  }
  const [given, side] = shard.shape as [number, number, number];
  if (rows > given) throw new InvalidConfigError(`rows: got ${rows}, but the shard has ${given} images.`);
  const images = { rows, columns: side * side, data: shard.data.subarray(0, rows * side * side) };
  const augmented = augmentRows(images, pipeline, seed, { firstRow, copies }, (done) => {
    hooks.signal.throwIfAborted();
    hooks.progress({ fraction: rows === 0 ? 1 : done / (rows * copies) });
  });
  const npy = encodeNpy(augmented.data, [augmented.rows, side, side]);
  return { outputs: { images: { bytes: npy, mediaType: MEDIA.npy } }, summary: { rows: augmented.rows } };
};

export default augment;
