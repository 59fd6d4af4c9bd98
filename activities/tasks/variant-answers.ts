import { accuracy } from '../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../ml/evaluation/argmax-rows.js';
import { logLoss } from '../../ml/evaluation/log-loss.js';
import { exportAccuracy, verdictOf } from '../../ml/export/export-accuracy.js';
import { exportAgreement } from '../../ml/export/export-agreement.js';
import type { LabelledMatrix, Matrix } from '../../ml/matrix.js';
import { serveOnnx } from '../../ml/serving/serve-onnx.js';
import { serveTflite } from '../../ml/serving/serve-tflite.js';
import type { ServedModel } from '../../ml/serving/served-model.js';
import { InvalidModelError } from '../../shared/errors.js';
import type { CancelSignal, NativePaths, StepArtifact } from '../../shared/step.js';
import { matrixArtifact } from './matrix-artifact.js';
import { predictInParts } from './predict-in-parts.js';

/** The files that a network's variant is shipped as. */
export interface ShippedFiles {
  readonly onnx: Uint8Array;
  readonly tflite: Uint8Array;
}

/** What the ONNX file of a network's variant says in ONNX Runtime, as a step puts it out and says of itself. */
export interface VariantAnswers {
  readonly outputs: Readonly<Record<'validationProba' | 'testProba', StepArtifact>>;
  readonly figures: {
    readonly validationAccuracy: number;
    readonly validationLogLoss: number;
    readonly runtime: string;
    /** The `.tflite` file in LiteRT beside it: accuracy on the validation rows, the rest on the test images. Absent where LiteRT is not there. */
    readonly tflite?: { readonly runtime: string; readonly validationAccuracy: number; readonly largestDifference: number; readonly labelsChanged: number };
  };
}

/** What is asked of it. */
export interface VariantQuestions {
  readonly validation: LabelledMatrix;
  readonly test: Matrix;
  readonly threads: number;
  readonly native: NativePaths;
}

/** Of the work; the rest is the `.tflite` file's. */
const ANSWERING = 0.5;
/** Of a probability. Nearer ones change labels where all classes are as likely, which the 256 steps of an int8 file decide. */
const FAR = 0.1;

/**
 * Asks the very files that are shipped. The ONNX file answers, whose probabilities are finer than the 256 steps of an int8 `.tflite` file; that one
 * has to keep its accuracy on the validation rows, or to be near.
 * @param working called with a note after every part of the images
 * @throws InvalidModelError when a runtime refuses its file, or the files disagree.
 */
export async function variantAnswers(name: string, { onnx, tflite }: ShippedFiles, questions: VariantQuestions, signal: CancelSignal, working: (note: string, fraction: number) => void): Promise<VariantAnswers> {
  const { validation: { labels }, threads, native } = questions;
  const shipped = await ask(await serveOnnx(name, onnx, threads), questions, signal, (note, fraction) => working(note, ANSWERING * fraction));
  const outputs = { validationProba: matrixArtifact(shipped.validation), testProba: matrixArtifact(shipped.test) };
  const figures = { validationAccuracy: accuracy(argmaxRows(shipped.validation), labels), validationLogLoss: logLoss(shipped.validation, labels), runtime: shipped.runtime };
  if (native.litert === undefined) return { outputs, figures };
  const beside = await ask(serveTflite(name, tflite, { native, threads }), questions, signal, (note, fraction) => working(`${note} as .tflite`, ANSWERING + (1 - ANSWERING) * fraction));
  const kept = exportAccuracy(shipped.validation, beside.validation, labels);
  const { largestDifference, labelsChanged } = exportAgreement(shipped.test, beside.test, false);
  if (verdictOf(kept) !== 'kept' && largestDifference > FAR) {
    throw new InvalidModelError(`The files of ${name} disagree: the .tflite is right for ${(100 * kept.file).toFixed(2)} % of the ${kept.rows} validation rows in ${beside.runtime}, the ONNX file for ${(100 * kept.model).toFixed(2)} % in ${shipped.runtime}, and a probability is ${largestDifference.toPrecision(2)} apart. Nothing is written; report it.`);
  }
  return { outputs, figures: { ...figures, tflite: { runtime: beside.runtime, validationAccuracy: kept.file, largestDifference, labelsChanged } } };
}

interface Asked {
  readonly validation: Matrix<Float32Array>;
  readonly test: Matrix<Float32Array>;
  readonly runtime: string;
}

async function ask(served: ServedModel, { validation, test }: VariantQuestions, signal: CancelSignal, working: (note: string, fraction: number) => void): Promise<Asked> {
  try {
    return {
      validation: await predictInParts(served, validation.x, signal, (fraction) => working('predicting validation images', fraction / 2)),
      test: await predictInParts(served, test, signal, (fraction) => working('predicting test images', (1 + fraction) / 2)),
      runtime: served.runtime,
    };
  } finally {
    await served.dispose();
  }
}
