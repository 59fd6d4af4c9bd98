import { analyseAugmentation } from '../../ml/augment/analyse-augmentation.js';
import { augmentRows } from '../../ml/augment/augment-rows.js';
import { chooseDigits } from '../../ml/augment/choose-digits.js';
import { contactSheet } from '../../ml/augment/contact-sheet.js';
import { parsePipelineDocument } from '../../ml/augment/pipeline-document.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { decodeNpy } from '../../ml/data/npy.js';
import { MEDIA } from '../../shared/artifact.js';
import { InvalidConfigError, InvalidDataError } from '../../shared/errors.js';
import type { Json } from '../../shared/json.js';
import type { StepFunction } from '../../shared/step.js';
import { jsonArtifact } from './json-artifact.js';

/** Parameters of the step that shows what a pipeline does. */
export interface ContactSheetParams {
  /** The pipeline (PipelineDocument, version 1). */
  readonly document: Json;
  readonly seed: number;
  /** Digits to show, with {@link COPIES} of each. */
  readonly rows: number;
}

const COPIES = 9;

/**
 * The first shard of training images in; out come `sheet`, a PNG, and `augmentation`, what the report shows of it. With the
 * training `labels` the digits are shown in their order.
 */
const contactSheetStep: StepFunction<ContactSheetParams> = ({ params: { document, seed, rows }, inputs }, hooks) => {
  const pipeline = parsePipelineDocument(document);
  for (const [name, value, least] of [['rows', rows, 1], ['seed', seed, 0]] as const) {
    if (!Number.isSafeInteger(value) || value < least) throw new InvalidConfigError(`${name}: got ${value}, expected a whole number from ${least} on.`);
  }
  const bytes = inputs['images']?.[0];
  const shard = bytes && decodeNpy(bytes, 'images');
  if (shard?.dtype !== 'u1' || shard.shape.length !== 3 || shard.shape[1] !== shard.shape[2] || shard.shape[0] === 0) {
    throw new InvalidDataError(`images: expected a uint8 array [rows, side, side], got ${shard ? `${shard.dtype} [${shard.shape.join(', ')}]` : 'nothing'}.`);
  }
  const [count, side] = shard.shape as [number, number, number];
  const labels = inputs['labels']?.[0] && decodeLabels(inputs['labels'][0]);
  if (labels && labels.length < count) throw new InvalidDataError(`labels: expected one for each of ${count} images at least, got ${labels.length}.`);
  const digits = chooseDigits({ rows: count, columns: side * side, data: shard.data }, rows, labels);
  hooks.signal.throwIfAborted();
  const sheet = contactSheet(digits, augmentRows(digits, pipeline, seed, { copies: COPIES }));
  const augmentation = analyseAugmentation(digits, pipeline, seed, COPIES);
  hooks.progress({ fraction: 1 });
  return {
    outputs: {
      sheet: { bytes: sheet, mediaType: MEDIA.png },
      augmentation: jsonArtifact(augmentation),
    },
    summary: { digits: digits.rows, copies: COPIES },
  };
};

export default contactSheetStep;
