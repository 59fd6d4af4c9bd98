import { rowsBetween } from '../../../matrix.js';
import type { SupportVectors } from '../../../svm/support-vectors.js';
import type { SvmModel } from '../../../svm/svm-bytes.js';
import type { OnnxWriter } from './onnx-writer.js';

/**
 * Makes the function that writes the kernel values of rows with the vectors [from, end): float32 [batch, end - from].
 * @param rows float32 [batch, columns], projected.
 * Vectors that the model keeps as bytes are bytes in the file too.
 */
export function kernelValues(to: OnnxWriter, { machine: { kernel, centre, vectors }, pixels, byteVectors }: Omit<SvmModel, 'slope' | 'projection' | 'roots'>, rows: string): (from: number, end: number) => string {
  const { columns } = vectors;
  const number = (value: number): string => to.constant(Float32Array.of(value), []);
  const ofBytes = (bytes: Uint8Array): string => to.cast(to.constant(bytes, [bytes.length / columns, columns]), 'float');
  const [offset, scaleOfBytes] = byteVectors ? [byteVectors.offset, byteVectors.scale].map((data) => to.constant(data, [columns])) : [];
  const stored = (from: number, end: number): string => {
    if (byteVectors) return to.op('Add', [to.op('Mul', [ofBytes(byteVectors.bytes.slice(from * columns, end * columns)), scaleOfBytes]), offset]);
    const { data } = rowsBetween(vectors, from, end);
    if (pixels) return to.op('Div', [ofBytes(Uint8Array.from(data, (value) => Math.round(value * 255))), number(255)]);
    return to.constant(data.slice(), [end - from, columns]);
  };
  const product = (a: string, b: string, added: string, alpha = 1): string =>
    to.op('Gemm', [a, b, added], { attributes: { transB: { i: 1 }, alpha: { f: alpha } } });
  if (kernel.kernel === 'linear') return (from, end) => product(rows, stored(from, end), number(0));
  if (kernel.kernel === 'polynomial') {
    return (from, end) => power(to, product(rows, stored(from, end), number(kernel.coef0), kernel.gamma), kernel.degree);
  }
  // exp(-gamma |x - v|^2) as exp(x'v - |x|^2 / 2 - |v|^2 / 2) of scaled rows
  const factor = Math.fround(Math.sqrt(2 * kernel.gamma));
  const scale = number(factor);
  const [middle, least, half] = [to.constant(centre, [columns]), number(0), number(-0.5)];
  const scaled = (values: string): string => to.op('Mul', [to.op('Sub', [values, middle]), scale]);
  const own = scaled(rows);
  const ownTerm = to.op('Mul', [to.cast(to.rowSums(to.cast(own, 'double'), 'ReduceSumSquare'), 'float'), half]);
  return (from, end) => {
    const terms = Float32Array.from({ length: end - from }, (_, i) => halfSquare(vectors, from + i, centre, factor));
    const exponent = to.op('Add', [product(own, scaled(stored(from, end)), to.constant(terms, [end - from])), ownTerm]);
    return to.op('Exp', [to.op('Min', [exponent, least])]);
  };
}

/** Half of a scaled vector's negative squared length, rounded once: an error in it would be one of the whole column of kernel values. */
function halfSquare({ columns, data }: SupportVectors['vectors'], row: number, centre: Float32Array, factor: number): number {
  let sum = 0;
  for (let j = 0, i = row * columns; j < columns; j++, i++) sum += Math.fround((data[i] - centre[j]) * factor) ** 2;
  return -sum / 2;
}

/** By squaring, from the highest bit of the degree down. */
function power(to: OnnxWriter, base: string, degree: number): string {
  const [, ...lower] = degree.toString(2);
  return lower.reduce((value, bit) => {
    const squared = to.op('Mul', [value, value]);
    return bit === '1' ? to.op('Mul', [squared, base]) : squared;
  }, base);
}
