import { rowsBetween } from '../../../matrix.js';
import { prepareRows } from '../../../svm/prepare-rows.js';
import type { SupportVectors } from '../../../svm/support-vectors.js';
import type { OnnxWriter } from './onnx-writer.js';

/**
 * Makes the function that writes the kernel values of rows with the vectors [from, end): float32 [batch, end - from].
 * @param rows float32 [batch, columns], projected.
 * @param pixels keeps the vectors as bytes that stand for value / 255.
 */
export function kernelValues(to: OnnxWriter, { kernel, centre, vectors }: SupportVectors, rows: string, pixels: boolean): (from: number, end: number) => string {
  const { columns } = vectors;
  const number = (value: number): string => to.constant(Float32Array.of(value), []);
  const stored = (from: number, end: number): string => {
    const { data } = rowsBetween(vectors, from, end);
    if (!pixels) return to.constant(data.slice(), [end - from, columns]);
    return to.op('Div', [to.cast(to.constant(Uint8Array.from(data, (value) => Math.round(value * 255)), [end - from, columns]), 'float'), number(255)]);
  };
  const product = (a: string, b: string, added: string, alpha = 1): string =>
    to.op('Gemm', [a, b, added], { attributes: { transB: { i: 1 }, alpha: { f: alpha } } });
  if (kernel.kernel === 'linear') return (from, end) => product(rows, stored(from, end), number(0));
  if (kernel.kernel === 'polynomial') {
    return (from, end) => power(to, product(rows, stored(from, end), number(kernel.coef0), kernel.gamma), kernel.degree);
  }
  // exp(-gamma |x - v|^2) as exp(x'v + terms) of scaled rows, as the trained model has it
  const scale = number(Math.sqrt(2 * kernel.gamma));
  const [middle, least, half] = [to.constant(centre, [columns]), number(0), number(-0.5)];
  const scaled = (values: string): string => to.op('Mul', [to.op('Sub', [values, middle]), scale]);
  const own = scaled(rows);
  const ownTerm = to.op('Mul', [to.rowSums(own, 'ReduceSumSquare'), half]);
  return (from, end) => {
    const { terms } = prepareRows(rowsBetween(vectors, from, end), kernel, centre);
    const exponent = to.op('Add', [product(own, scaled(stored(from, end)), to.constant(terms, [end - from])), ownTerm]);
    return to.op('Exp', [to.op('Min', [exponent, least])]);
  };
}

/** By squaring, from the highest bit of the degree down. */
function power(to: OnnxWriter, base: string, degree: number): string {
  const [, ...lower] = degree.toString(2);
  return lower.reduce((value, bit) => {
    const squared = to.op('Mul', [value, value]);
    return bit === '1' ? to.op('Mul', [squared, base]) : squared;
  }, base);
}
