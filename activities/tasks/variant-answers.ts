import { accuracy } from '../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../ml/evaluation/argmax-rows.js';
import { logLoss } from '../../ml/evaluation/log-loss.js';
import type { LabelledMatrix, Matrix } from '../../ml/matrix.js';
import { serveOnnx } from '../../ml/serving/serve-onnx.js';
import type { CancelSignal, StepArtifact } from '../../shared/step.js';
import { matrixArtifact } from './matrix-artifact.js';
import { predictInParts } from './predict-in-parts.js';

/** What the ONNX file of a network's variant says in ONNX Runtime, as a step puts it out and says of itself. */
export interface VariantAnswers {
  readonly outputs: Readonly<Record<'validationProba' | 'testProba', StepArtifact>>;
  readonly figures: { readonly validationAccuracy: number; readonly validationLogLoss: number; readonly runtime: string };
}

/** What is asked of it. */
export interface VariantQuestions {
  readonly validation: LabelledMatrix;
  readonly test: Matrix;
  readonly threads: number;
}

/**
 * Asks the very file that is shipped.
 * @param working called with a note after every part of the images
 * @throws InvalidModelError when ONNX Runtime refuses the file.
 */
export async function variantAnswers(name: string, onnx: Uint8Array, { validation, test, threads }: VariantQuestions, signal: CancelSignal, working: (note: string, fraction: number) => void): Promise<VariantAnswers> {
  const shipped = await serveOnnx(name, onnx, threads);
  try {
    const validationProba = await predictInParts(shipped, validation.x, signal, (fraction) => working('predicting validation images', fraction / 2));
    const testProba = await predictInParts(shipped, test, signal, (fraction) => working('predicting test images', (1 + fraction) / 2));
    return {
      outputs: { validationProba: matrixArtifact(validationProba), testProba: matrixArtifact(testProba) },
      figures: { validationAccuracy: accuracy(argmaxRows(validationProba), validation.labels), validationLogLoss: logLoss(validationProba, validation.labels), runtime: shipped.runtime },
    };
  } finally {
    await shipped.dispose();
  }
}
