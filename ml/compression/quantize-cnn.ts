import { accuracy } from '../evaluation/accuracy.js';
import { argmaxRows } from '../evaluation/argmax-rows.js';
import { readTflite } from '../export/tflite/read-tflite.js';
import { writeTflite } from '../export/tflite/write-tflite.js';
import type { Matrix } from '../matrix.js';
import type { CnnNetwork } from '../models/cnn-layers.js';
import { RANGE_RULES } from './activation-range.js';
import type { RangeRule } from './activation-range.js';
import { calibrate } from './calibrate.js';
import { checkQuantizable } from './check-quantizable.js';
import { Int8Interpreter } from './int8-interpreter.js';
import { int8Probabilities } from './int8-probabilities.js';
import { quantizeNetwork } from './quantize-network.js';

/** A quantised network and how it does on the validation images. */
export interface QuantizedCnn {
  /** The `.tflite` file. */
  readonly tflite: Uint8Array;
  readonly parameters: number;
  /** How the activations' ranges were chosen. */
  readonly rule: RangeRule;
  readonly validationAccuracy: number;
  /** float32 [rows, classes] */
  readonly validationProba: Matrix<Float32Array>;
}

/** What quantisation learns from: images to calibrate on, and labelled ones to choose by. */
export interface QuantizationData {
  readonly calibration: Matrix<Uint8Array>;
  readonly validation: { readonly x: Matrix<Uint8Array>; readonly labels: Uint8Array };
}

const CALIBRATION_FRACTION = 0.3; // of the work, roughly

/**
 * Full-integer post-training quantisation of a CNN: calibrates, writes one file for each way of choosing ranges and keeps
 * the one with the best validation accuracy (the simplest of equals). What is measured is the written file, read back.
 *
 * @param progress called with the fraction done; may throw to stop
 * @throws InvalidModelError naming a layer without an int8 form; InvalidDataError for images of another size.
 */
export function quantizeCnn(network: CnnNetwork, { calibration, validation }: QuantizationData, progress: (fraction: number, note: string) => void): QuantizedCnn {
  checkQuantizable(network);
  const histograms = calibrate(network, calibration, (done) =>
    progress((done / calibration.rows) * CALIBRATION_FRACTION, `calibrated on ${done} of ${calibration.rows} images`),
  );
  const candidates = RANGE_RULES.map((rule, index): QuantizedCnn => {
    const tflite = writeTflite(quantizeNetwork(network, histograms, rule));
    const interpreter = new Int8Interpreter(readTflite(tflite));
    const validationProba = int8Probabilities(interpreter, validation.x, (done) => {
      const candidate = (index + done / validation.x.rows) / RANGE_RULES.length;
      progress(CALIBRATION_FRACTION + (1 - CALIBRATION_FRACTION) * candidate, `ranges by ${rule}: ${done} of ${validation.x.rows} images`);
    });
    const validationAccuracy = accuracy(argmaxRows(validationProba), validation.labels);
    return { tflite, parameters: parametersOf(network), rule, validationAccuracy, validationProba };
  });
  return candidates.reduce((best, candidate) => (candidate.validationAccuracy > best.validationAccuracy ? candidate : best));
}

function parametersOf({ layers }: CnnNetwork): number {
  return layers.reduce((sum, layer) => sum + ('kernel' in layer ? layer.kernel.length + layer.bias.length : 0), 0);
}
