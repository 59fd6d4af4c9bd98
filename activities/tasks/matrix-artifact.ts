import { encodeNpy } from '../../ml/data/npy.js';
import type { Matrix } from '../../ml/matrix.js';
import { MEDIA } from '../../shared/artifact.js';
import type { StepArtifact } from '../../shared/step.js';

/** A matrix as an artifact: `.npy`, [rows, columns]. */
export function matrixArtifact({ rows, columns, data }: Matrix): StepArtifact {
  return { bytes: encodeNpy(data, [rows, columns]), mediaType: MEDIA.npy };
}
