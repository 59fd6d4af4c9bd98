import { loadTensorFlow } from '../../native/tensorflow.js';
import type { DenseAlgebra } from './algebra.js';
import { tensorFlowAlgebra } from './tensorflow-algebra.js';

/** TensorFlow's algebra in this process, on the threads that its environment allows. @throws NativeLibraryError when it cannot be loaded. */
export async function loadTensorFlowAlgebra(): Promise<DenseAlgebra> {
  return tensorFlowAlgebra((await loadTensorFlow()).tf);
}
