import { InvalidConfigError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import type { ProjectionOptions } from '../models/projection.js';
import type { KernelFunction, KernelName } from './kernel-function.js';

/** The options of scikit-learn's SVC, and a projection. */
export interface SvmOptions extends ProjectionOptions {
  readonly kernel: KernelName;
  /** Each number's square root, with its sign, is taken before the projection. @default false */
  readonly roots: boolean;
  /** Largest multiplier of a row. @default 5 */
  readonly C: number;
  /** A number, or `scale`: 1 / (columns x variance of all numbers), after the projection. @default 'scale' */
  readonly gamma: number | 'scale';
  /** Of the polynomial kernel. @default 3 */
  readonly degree: number;
  /** @default 0 */
  readonly coef0: number;
  /** How far from optimal a pair's solution may be. @default 1e-3 */
  readonly tolerance: number;
  /** The result does not depend on it. @default 2 */
  readonly threads: number;
}

const HIGHEST_DEGREE = 20;

/** @throws InvalidConfigError for the first option that is out of range. */
export function checkSvmOptions({ kernel, C, gamma, degree, coef0, tolerance, threads }: SvmOptions): void {
  const refuse = (option: string, got: unknown, expected: string): never => {
    throw new InvalidConfigError(`SVM: ${option} is ${JSON.stringify(got)}, expected ${expected}.`);
  };
  if (!['linear', 'polynomial', 'rbf'].includes(kernel)) refuse('kernel', kernel, '"linear", "polynomial" or "rbf"');
  if (!positive(C)) refuse('C', C, 'a number above 0');
  if (gamma !== 'scale' && !positive(gamma)) refuse('gamma', gamma, '"scale" or a number above 0');
  if (!Number.isInteger(degree) || degree < 1 || degree > HIGHEST_DEGREE) refuse('degree', degree, `a whole number from 1 to ${HIGHEST_DEGREE}`);
  if (!Number.isFinite(coef0)) refuse('coef0', coef0, 'a number');
  if (!positive(tolerance)) refuse('tolerance', tolerance, 'a number above 0');
  if (!Number.isInteger(threads) || threads < 1) refuse('threads', threads, 'a whole number from 1 on');
}

/** The kernel with its gamma worked out on the projected training rows. */
export function kernelOf(x: Matrix<Float32Array>, { kernel, gamma, degree, coef0 }: SvmOptions): KernelFunction {
  return { kernel, gamma: gamma === 'scale' ? scaleOf(x) : gamma, degree, coef0 };
}

/** scikit-learn's gamma="scale", 1 where nothing varies. */
function scaleOf({ columns, data }: Matrix<Float32Array>): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i];
  const mean = sum / data.length;
  let squares = 0;
  for (let i = 0; i < data.length; i++) squares += (data[i] - mean) ** 2;
  const variance = squares / data.length;
  return variance > 0 ? 1 / (columns * variance) : 1;
}

function positive(value: unknown): boolean {
  return typeof value === 'number' && value > 0 && value < Infinity;
}
