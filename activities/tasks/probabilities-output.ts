import { encodeNpy } from '../../ml/data/npy.js';
import type { Matrix } from '../../ml/matrix.js';
import { MEDIA } from '../../shared/artifact.js';
import type { StepArtifact } from '../../shared/step.js';

/** What every step that predicts puts out: `testProba`, float32 [rows, 10]. */
export function probabilitiesOutput({ rows, columns, data }: Matrix<Float32Array>): Record<'testProba', StepArtifact> {
  return { testProba: { bytes: encodeNpy(data, [rows, columns]), mediaType: MEDIA.npy } };
}
