import type { DenseAlgebra } from '../../../ml/reductions/algebra.js';
import { plainAlgebra } from '../../../ml/reductions/plain-algebra.js';
import { tensorFlowAlgebra } from '../../../ml/reductions/tensorflow-algebra.js';
import { loadTensorFlow } from '../../../native/tensorflow.js';

/** Both implementations, each to be held to the same numbers. */
export const ALGEBRAS: Readonly<Record<string, () => Promise<DenseAlgebra>>> = {
  'float64 loops': async () => plainAlgebra,
  'TensorFlow': async () => tensorFlowAlgebra((await loadTensorFlow()).tf),
};
