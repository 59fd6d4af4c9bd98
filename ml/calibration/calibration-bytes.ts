import { CALIBRATION_METHODS, CONFORMAL_SCORES } from '../../shared/calibration.js';
import type { CalibrationSummary } from '../../shared/calibration.js';
import { InvalidDataError, InvalidModelError } from '../../shared/errors.js';
import { byScore } from '../conformal/by-score.js';
import { decodeNpz, encodeNpz } from '../data/npz.js';
import type { Npz } from '../data/npz.js';
import type { FittedCalibration } from './fitted-calibration.js';
import { CALIBRATORS } from './registry.js';

/** A fitted calibration as an .npz: the calibrator's arrays, the thresholds of each conformal score [alphas, classes], and `summary.json`. */
export function encodeCalibration({ calibrator, summary, alphas, thresholds }: FittedCalibration): Uint8Array {
  return encodeNpz({
    'summary.json': new TextEncoder().encode(JSON.stringify(summary)),
    ...calibrator.arrays(),
    alphas: { data: Float64Array.from(alphas), shape: [alphas.length] },
    ...Object.fromEntries(CONFORMAL_SCORES.map((score) => [
      `conformal.${score}`, { data: Float64Array.from(thresholds[score].flat()), shape: [alphas.length, calibrator.columns] },
    ])),
  });
}

/**
 * @param name names the model in errors.
 * @throws InvalidModelError when the bytes are no calibration.
 */
export function decodeCalibration(name: string, bytes: Uint8Array | undefined): FittedCalibration {
  const { arrays, files } = unpacked(name, bytes);
  const text = files['summary.json'];
  const summary = text && (JSON.parse(new TextDecoder().decode(text)) as CalibrationSummary);
  if (!summary || !CALIBRATION_METHODS.includes(summary.method)) throw new InvalidModelError(`Not the calibration of ${name}: summary.json names no known method.`);
  const calibrator = CALIBRATORS[summary.method].load(arrays);
  const alphas = Array.from(numbers(name, arrays, 'alphas'));
  const thresholds = byScore((score) => {
    const all = numbers(name, arrays, `conformal.${score}`, alphas.length * calibrator.columns);
    return alphas.map((_, i) => Array.from(all.subarray(i * calibrator.columns, (i + 1) * calibrator.columns)));
  });
  return { calibrator, summary, alphas, thresholds };
}

function unpacked(name: string, bytes: Uint8Array | undefined): Npz {
  if (!bytes) throw new InvalidModelError(`No calibration of ${name} was given.`);
  try {
    return decodeNpz(bytes, `calibration of ${name}`);
  } catch (error) {
    if (error instanceof InvalidDataError) throw new InvalidModelError(`Not a calibration: ${error.message}`, { cause: error });
    throw error;
  }
}

function numbers(name: string, arrays: Npz['arrays'], array: string, length?: number): Float64Array {
  const data = arrays[array]?.data;
  if (data instanceof Float64Array && (length === undefined || data.length === length) && !data.some(Number.isNaN)) return data;
  throw new InvalidModelError(`Not the calibration of ${name}: expected ${length ?? ''} float64 numbers in ${array}, got ${data ? `${data.constructor.name} of ${data.length}` : 'none'}.`);
}
