import type { Matrix } from '../../ml/matrix.js';
import type { StepArtifact } from '../../shared/step.js';
import { matrixArtifact } from './matrix-artifact.js';

/** What every step that predicts puts out: `testProba`, float32 [rows, 10]. */
export function probabilitiesOutput(proba: Matrix<Float32Array>): Record<'testProba', StepArtifact> {
  return { testProba: matrixArtifact(proba) };
}
