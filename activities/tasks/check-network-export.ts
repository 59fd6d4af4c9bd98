import { exportAccuracy, verdictOf } from '../../ml/export/export-accuracy.js';
import { exportAgreement } from '../../ml/export/export-agreement.js';
import type { ExportedFiles } from '../../ml/export/export-model.js';
import type { Matrix } from '../../ml/matrix.js';
import { InvalidModelError } from '../../shared/errors.js';
import type { ExportFormat } from '../../shared/export-formats.js';
import type { RefusedExport } from '../../shared/exports.js';
import type { StepHooks } from '../../shared/step.js';
import { agreeingExport } from './agreeing-export.js';
import type { Checked, ExportedAs } from './export-output.js';

/** Images, and the model's own probabilities of them. */
export interface AnsweredImages {
  readonly x: Matrix<Uint8Array>;
  readonly proba: Matrix<Float32Array>;
}

/** What a network's file is checked on; the validation rows where it is rounded. */
export interface CheckedOn {
  readonly test: AnsweredImages;
  readonly validation?: AnsweredImages & { readonly labels: Uint8Array };
}

/** How far a check is, and whether to go on. */
export type CheckHooks = Pick<StepHooks, 'signal' | 'progress'>;

/** What runs a file here. */
export interface Runner {
  /** The file's probabilities of images. */
  readonly answer: (x: Matrix, hooks: CheckHooks) => Promise<Matrix<Float32Array>>;
  /** Known once something was run. */
  readonly runtime: () => string;
}

/** The runner of a format's files, where there is one. */
export type RunnerOf = (format: ExportFormat, files: ExportedFiles) => Runner | undefined;

/** Weights of 4 bits that were not trained so may lose any accuracy: that is no defect. */
const COARSE: readonly ExportFormat[] = ['tflite-dynamic4', 'tflite-int8-weights4'];

/** What reads the formats that nothing here runs. */
const READERS: Readonly<Partial<Record<ExportFormat, string>>> = { c: 'a C compiler', 'c-int8': 'a C compiler', safetensors: 'safetensors for Python', savedmodel: 'TensorFlow for Python' };

/**
 * Runs a network's file beside the network's own answers: in full precision by their difference on the test images, where it is rounded by its
 * accuracy on the validation rows. A rounded file that loses more than a point is refused.
 * @throws InvalidModelError when the file disagrees.
 */
export async function checkNetworkExport(as: ExportedAs, files: ExportedFiles, runnerOf: RunnerOf, { test, validation }: CheckedOn, hooks: CheckHooks): Promise<Checked | Pick<RefusedExport, 'refused'>> {
  const runner = runnerOf(as.format, files);
  if (!runner) return { pending: READERS[as.format] ?? 'LiteRT' };
  const part = (from: number): CheckHooks => ({ ...hooks, progress: ({ fraction }) => hooks.progress({ fraction: validation ? from + fraction / 2 : fraction, note: 'checking' }) });
  const answers = await runner.answer(test.x, part(0));
  const compared = exportAgreement(test.proba, answers, false);
  if (!validation) return { verified: agreeingExport(as, compared, runner.runtime()) };
  const accuracy = exportAccuracy(validation.proba, await runner.answer(validation.x, part(0.5)), validation.labels);
  const lost = `${(100 * (accuracy.model - accuracy.file)).toFixed(2)} points of accuracy on the ${accuracy.rows} validation rows (${(100 * accuracy.file).toFixed(2)} % instead of ${(100 * accuracy.model).toFixed(2)} %)`;
  const verdict = verdictOf(accuracy);
  switch (verdict === 'wrong' && COARSE.includes(as.format) ? 'lost' : verdict) {
    case 'kept': return { verified: { runtime: runner.runtime(), ...compared, accuracy, agrees: true } };
    case 'lost': return { refused: `It would lose ${lost}: train the network in few bits first (section compress).` };
    case 'wrong': throw new InvalidModelError(`The export of ${as.model} as ${as.format} disagrees with its model: in ${runner.runtime()} it loses ${lost}, and changes ${compared.labelsChanged} labels of ${compared.rows} test images. Nothing is written; leave ${as.format} out of export.formats, and report it.`);
  }
}
