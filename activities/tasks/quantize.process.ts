import { Int8Interpreter } from '../../ml/compression/int8-interpreter.js';
import { int8Probabilities } from '../../ml/compression/int8-probabilities.js';
import { quantizeCnn } from '../../ml/compression/quantize-cnn.js';
import { assemblePixels } from '../../ml/data/assemble-input.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { evenlySpacedRows } from '../../ml/data/evenly-spaced-rows.js';
import { takeMatrixRows } from '../../ml/data/take-matrix-rows.js';
import { readTflite } from '../../ml/export/tflite/read-tflite.js';
import { rowsBetween } from '../../ml/matrix.js';
import { readCnn } from '../../ml/models/cnn-layers.js';
import { MEDIA } from '../../shared/artifact.js';
import { InvalidConfigError, InvalidDataError } from '../../shared/errors.js';
import type { StepFunction } from '../../shared/step.js';
import { matrixArtifact } from './matrix-artifact.js';

interface QuantizeParams {
  readonly calibrationImages: number;
  readonly validationRows: number;
}

const QUANTIZED_FRACTION = 0.8;

/** A trained CNN becomes an int8 `.tflite`, calibrated on training rows before the validation split, chosen by that split. */
const quantize: StepFunction<QuantizeParams> = ({ params, inputs }, hooks) => {
  const [model] = inputs['model'] ?? [];
  if (!model) throw new InvalidDataError('quantize: no model was given.');
  const images = assemblePixels(inputs['images']);
  const trainRows = images.rows - params.validationRows;
  if (!(params.calibrationImages >= 1) || !(params.validationRows >= 1) || trainRows < 1) {
    throw new InvalidConfigError(
      `quantize: ${params.calibrationImages} calibration images and ${params.validationRows} validation rows of ${images.rows}; expected at least one of each and one training row.`,
    );
  }
  const progress = (fraction: number, note: string): void => {
    hooks.signal.throwIfAborted();
    hooks.progress({ fraction, note });
  };
  const quantized = quantizeCnn(
    readCnn(model),
    {
      calibration: takeMatrixRows(images, evenlySpacedRows(trainRows, params.calibrationImages)),
      validation: { x: rowsBetween(images, trainRows, images.rows), labels: decodeLabels(inputs['labels']?.[0], images.rows).subarray(trainRows) },
    },
    (fraction, note) => progress(fraction * QUANTIZED_FRACTION, note),
  );
  const testImages = assemblePixels(inputs['testImages']);
  const testProba = int8Probabilities(new Int8Interpreter(readTflite(quantized.tflite)), testImages, (done) =>
    progress(QUANTIZED_FRACTION + (1 - QUANTIZED_FRACTION) * (done / testImages.rows), `predicted ${done} of ${testImages.rows} images`),
  );
  return {
    outputs: {
      tflite: { bytes: quantized.tflite, mediaType: MEDIA.tflite },
      validationProba: matrixArtifact(quantized.validationProba),
      testProba: matrixArtifact(testProba),
    },
    summary: {
      bytes: quantized.tflite.length,
      floatBytes: model.length,
      parameters: quantized.parameters,
      validationAccuracy: quantized.validationAccuracy,
      ranges: quantized.rule,
    },
  };
};

export default quantize;
