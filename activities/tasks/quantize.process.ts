import { countNumbers } from '../../ml/compression/variant/count-numbers.js';
import { quantisedFiles } from '../../ml/compression/variant/quantised-files.js';
import { assemblePixels } from '../../ml/data/assemble-input.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { decodeProbabilities } from '../../ml/data/decode-probabilities.js';
import { accuracy } from '../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../ml/evaluation/argmax-rows.js';
import { calibrationImages } from '../../ml/export/calibration-images.js';
import type { UntrainedFacts } from '../../ml/export/export-metadata.js';
import { lowerSavedNetwork } from '../../ml/export/network/lower-saved-network.js';
import { multiplyAdds } from '../../ml/export/network/multiply-adds.js';
import { readLayersModel } from '../../ml/models/read-layers-model.js';
import { MEDIA } from '../../shared/artifact.js';
import type { PostTrainingForm } from '../../shared/compression.js';
import { InvalidConfigError, InvalidDataError } from '../../shared/errors.js';
import type { StepFunction } from '../../shared/step.js';
import { onePlaceNote } from './one-place-note.js';
import { splitRows } from './split-rows.js';
import { variantAnswers } from './variant-answers.js';
import { variantFacts } from './variant-facts.js';

/** What `quantize` is told. */
export interface QuantizeParams {
  /** Said in the variant's files. */
  readonly facts: UntrainedFacts;
  readonly form: PostTrainingForm;
  /** Of the form that is calibrated, int8. */
  readonly calibrationImages?: number;
  readonly validationRows: number;
  /** @default 1 */
  readonly threads?: number;
}

/** The part of the work that is calibration; the rest is predicting. */
const CALIBRATION = 0.5;

/**
 * A trained network (role `model`) becomes a variant of fewer bits; int8 is calibrated on training rows before the validation rows. Outputs: `tflite`, `onnx`, and what
 * that very ONNX file answers in ONNX Runtime: `validationProba`, `testProba`.
 */
const quantize: StepFunction<QuantizeParams> = async ({ params, inputs, native }, hooks) => {
  const { facts, form, calibrationImages: count = 0, validationRows, threads = 1 } = params;
  const { name } = facts;
  const [model] = inputs['model'] ?? [];
  if (!model) throw new InvalidDataError('quantize was given no model.');
  if ((form === 'int8' && !(count >= 1)) || !(validationRows >= 1)) throw new InvalidConfigError(`quantize: got ${count} calibration images and ${validationRows} validation rows; expected at least one of each.`);
  const saved = readLayersModel(model);
  const graph = lowerSavedNetwork(saved); // layers that cannot be written are refused before any work
  const x = assemblePixels(inputs['images']);
  const { train, validation } = splitRows(x, decodeLabels(inputs['labels']?.[0], x.rows), validationRows);
  const before = accuracy(argmaxRows(decodeProbabilities('the network', inputs['validationProba']?.[0])), validation.labels);
  const working = (fraction: number, note: string): void => {
    hooks.signal.throwIfAborted();
    hooks.progress({ fraction, note });
  };
  const images = calibrationImages(train.x, count);
  const { tflite, onnx } = quantisedFiles(graph, images, { name, form, metadata: variantFacts(facts, model) }, (done) => working(CALIBRATION * (done / images.length), `calibrated on ${done} of ${images.length} images`));
  const { outputs, figures } = await variantAnswers(name, { onnx, tflite }, { validation, test: assemblePixels(inputs['testImages']), threads, native }, hooks.signal, (note, fraction) => working(CALIBRATION + (1 - CALIBRATION) * fraction, note));
  return {
    outputs: { tflite: { bytes: tflite, mediaType: MEDIA.tflite }, onnx: { bytes: onnx, mediaType: MEDIA.onnx }, ...outputs },
    summary: {
      form, ...countNumbers(saved), multiplyAdds: multiplyAdds(graph), tfliteBytes: tflite.length, onnxBytes: onnx.length,
      validationAccuracyBefore: before, ...figures, ...onePlaceNote(saved),
    },
  };
};

export default quantize;
