import { fromByteRows, toByteRows } from '../../models/byte-rows.js';
import { decodeSvm, encodeSvm } from '../../svm/svm-bytes.js';

/**
 * A support vector machine whose vectors are kept in a byte a number: 256 steps between the least and the greatest value of each column. Its
 * answers are those of the rounded vectors. One whose vectors are bytes already comes back as it is.
 * @throws InvalidModelError when the bytes are no such model.
 */
export function byteVectors(bytes: Uint8Array): Uint8Array {
  const svm = decodeSvm(bytes);
  if (svm.pixels || svm.byteVectors) return bytes;
  const rounded = toByteRows(svm.machine.vectors);
  return encodeSvm({ ...svm, machine: { ...svm.machine, vectors: fromByteRows(rounded) }, byteVectors: rounded });
}
