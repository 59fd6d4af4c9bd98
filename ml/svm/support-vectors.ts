import type { Matrix } from '../matrix.js';
import type { KernelFunction } from './kernel-function.js';

/** What is learnt of all pairs: each support vector once, with its weights in the pairs of its class. */
export interface SupportVectors {
  readonly kernel: KernelFunction;
  /** Taken off rows for RBF, [columns]. */
  readonly centre: Float32Array;
  /** [vectors, columns], sorted by class. */
  readonly vectors: Matrix<Float32Array>;
  /** [11]: where each class's vectors begin, and how many there are. */
  readonly starts: Int32Array;
  /** [vectors, 9]: weights in the pairs with the other classes, in their order. */
  readonly weights: Float32Array;
  /** [45]; meaningless where a class of the pair is missing. */
  readonly biases: Float32Array;
  /** [10]: 1 for a class that was seen. */
  readonly present: Uint8Array;
}
