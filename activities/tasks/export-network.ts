import { decodeCompressedFile } from '../../ml/compression/coding/compressed-file.js';
import { assemblePixels } from '../../ml/data/assemble-input.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { decodeProbabilities } from '../../ml/data/decode-probabilities.js';
import { calibrationImages } from '../../ml/export/calibration-images.js';
import type { ExportFacts } from '../../ml/export/export-metadata.js';
import { exportModel } from '../../ml/export/export-model.js';
import type { Calibration } from '../../ml/export/export-model.js';
import { rowsBetween } from '../../ml/matrix.js';
import type { Matrix } from '../../ml/matrix.js';
import { placesOf } from '../../ml/models/places-of.js';
import { readLayersModel } from '../../ml/models/read-layers-model.js';
import { InvalidDataError } from '../../shared/errors.js';
import { CALIBRATED_FORMATS, ROUNDED_FORMATS } from '../../shared/export-formats.js';
import type { ExportFormat } from '../../shared/export-formats.js';
import type { StepHooks, StepInput, StepOutput } from '../../shared/step.js';
import { averagedRunner } from './averaged-runner.js';
import { checkNetworkExport } from './check-network-export.js';
import type { CheckedOn, RunnerOf } from './check-network-export.js';
import { exportedOutput, isRefused, refusedOutput, writtenOrRefused } from './export-output.js';

/** What the steps that export networks are told. */
export interface ExportNetworkParams {
  readonly kind: string;
  readonly format: ExportFormat;
  readonly facts: ExportFacts;
  /** Of the formats that are calibrated. */
  readonly calibrationImages?: number;
  /** Of a file that is judged by its accuracy: how many rows at the end of the training images are for validation. */
  readonly validationRows?: number;
}

/** Of the work, where there is calibration. */
const CALIBRATION_FRACTION = 0.6;

/**
 * A network as the files of a format, run beside its stored answers where this process has a runtime for it. Formats in int8 are calibrated on
 * training rows before the validation split. What is rounded, and all files of a network whose stored answers are those of its int8 file (role
 * `compressed`), is judged on that split. A file is asked at the places that the network's answers are means over. Outputs: `file`, `export` (ExportRecord); of a refused one `export` alone.
 */
export async function exportNetwork({ params, inputs }: Pick<StepInput<ExportNetworkParams>, 'params' | 'inputs'>, hooks: StepHooks, runnerOf: RunnerOf): Promise<StepOutput> {
  const { kind, format, facts } = params;
  const [bytes] = inputs['model'] ?? [];
  if (!bytes) throw new InvalidDataError('export-network was given no model.');
  const places = placesOf(readLayersModel(bytes)); // bytes that are no network are an error; what a format cannot hold is refused
  const as = { model: facts.name, format };
  hooks.progress({ fraction: 0, note: 'writing' });
  const isCalibrated = CALIBRATED_FORMATS.includes(format);
  const [file] = inputs['compressed'] ?? [];
  const compressed = file && decodeCompressedFile(file).weights;
  const images = ROUNDED_FORMATS.includes(format) || (compressed && compressed.outputs.length > 0) ? assemblePixels(inputs['images']) : undefined;
  const fitRows = (images?.rows ?? 0) - (params.validationRows ?? 0);
  const calibration = images && isCalibrated ? calibrationOf(rowsBetween(images, 0, fitRows), params.calibrationImages ?? 0, hooks) : undefined;
  const written = writtenOrRefused(() => exportModel({ kind, bytes, facts, ...(calibration && { calibration }), ...(compressed && { compressed }) }, format));
  if (isRefused(written)) return refusedOutput(as, written.refused);
  const from = calibration ? CALIBRATION_FRACTION : 0;
  const checked = await checkNetworkExport(as, written, averagedRunner(runnerOf, places), {
    test: { x: assemblePixels(inputs['testImages']), proba: decodeProbabilities(facts.name, inputs['testProba']?.[0]) },
    ...(images && { validation: validationOf(facts.name, images, fitRows, inputs) }),
  }, { ...hooks, progress: ({ fraction, ...more }) => hooks.progress({ ...more, fraction: from + (1 - from) * fraction }) });
  return 'refused' in checked ? refusedOutput(as, checked.refused) : exportedOutput(as, written, { ...checked, ...(places.length > 1 && { note: placesNote(places.length) }) });
}

function placesNote(places: number): string {
  return `Answers for an image as it is. The trained model's answer is the mean over ${places} places, which the file names (places): so its answers are compared.`;
}

function validationOf(name: string, images: Matrix<Uint8Array>, from: number, inputs: StepInput['inputs']): NonNullable<CheckedOn['validation']> {
  return {
    x: rowsBetween(images, from, images.rows),
    proba: decodeProbabilities(name, inputs['validationProba']?.[0]),
    labels: decodeLabels(inputs['labels']?.[0], images.rows).subarray(from),
  };
}

function calibrationOf(fitted: Matrix<Uint8Array>, count: number, { signal, progress }: Pick<StepHooks, 'signal' | 'progress'>): Calibration {
  const images = calibrationImages(fitted, count);
  return {
    images,
    eachImage(done) {
      signal.throwIfAborted();
      progress({ fraction: CALIBRATION_FRACTION * (done / images.length), note: `calibrated on ${done} of ${images.length} images` });
    },
  };
}
