import type { DenseAlgebra } from '../../../ml/reductions/algebra.js';
import { loadedTensorFlow } from '../../../ml/reductions/loaded-tensorflow.js';
import { plainAlgebra } from '../../../ml/reductions/plain-algebra.js';

/** Both implementations, each to be held to the same numbers. */
export const ALGEBRAS: Readonly<Record<string, () => Promise<DenseAlgebra>>> = {
  'float64 loops': async () => plainAlgebra,
  'TensorFlow': async () => (await loadedTensorFlow()).algebra,
};
