/** The kernels of scikit-learn's SVC that are offered. */
export type KernelName = 'linear' | 'polynomial' | 'rbf';

/** A kernel with its numbers, in LIBSVM's words. */
export interface KernelFunction {
  readonly kernel: KernelName;
  /** Of exp(-gamma |x - y|^2) and (gamma x'y + coef0)^degree. */
  readonly gamma: number;
  /** A whole number. */
  readonly degree: number;
  readonly coef0: number;
}
