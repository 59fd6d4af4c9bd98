import { decodeNpy, encodeNpy } from '../../ml/data/npy.js';
import { extractRows } from '../../ml/features/extract-rows.js';
import { familyNamed } from '../../ml/features/registry.js';
import { MEDIA } from '../../shared/artifact.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { StepArtifact, StepFunction } from '../../shared/step.js';

/** One shard of images in, one matrix per family out, under the family's name. */
const extractFeatures: StepFunction<{ families: readonly string[] }> = ({ params, inputs }, hooks) => {
  const families = params.families.map(familyNamed);
  const bytes = inputs['images']?.[0];
  const shard = bytes && decodeNpy(bytes, 'images');
  if (shard?.dtype !== 'u1' || shard.shape.length !== 3) {
    throw new InvalidDataError(`images: expected one uint8 array [rows, height, width], got ${shard ? `${shard.dtype} [${shard.shape.join(', ')}]` : 'nothing'}.`);
  }
  const [rows, height, width] = shard.shape as [number, number, number];
  const images = { rows, columns: height * width, data: shard.data };
  const matrices = extractRows(images, { width, height }, families, (done) => {
    hooks.signal.throwIfAborted();
    hooks.progress({ fraction: rows === 0 ? 1 : done / rows });
  });

  const outputs: Record<string, StepArtifact> = {};
  matrices.forEach(({ data, columns }, i) => {
    outputs[params.families[i] as string] = { bytes: encodeNpy(data, [rows, columns]), mediaType: MEDIA.npy };
  });
  return { outputs, summary: { rows } };
};

export default extractFeatures;
