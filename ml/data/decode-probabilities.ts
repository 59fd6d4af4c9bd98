import { InvalidDataError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { decodeNpy } from './npy.js';

/**
 * Class probabilities from an `.npy` of float32, [rows, classes].
 * @param name names the model in errors.
 * @throws InvalidDataError when there is none, or it is something else.
 */
export function decodeProbabilities(name: string, bytes: Uint8Array | undefined): Matrix<Float32Array> {
  if (!bytes) throw new InvalidDataError(`No probabilities of ${name} were given.`);
  const { data, shape } = decodeNpy(bytes, `probabilities of ${name}`);
  if (!(data instanceof Float32Array) || shape.length !== 2) {
    throw new InvalidDataError(`Probabilities of ${name}: expected float32 [rows, classes], got ${data.constructor.name} [${shape.join(', ')}].`);
  }
  return { rows: shape[0], columns: shape[1], data };
}
