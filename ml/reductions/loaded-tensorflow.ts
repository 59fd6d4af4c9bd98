import { loadTensorFlow, type TensorFlow } from '../../native/tensorflow-js.js';
import type { DenseAlgebra } from './algebra.js';
import { tensorFlowAlgebra } from './tensorflow-algebra.js';

/**
 * TensorFlow and its algebra in this process, on the threads that its environment allows; for steps.
 * @throws NativeLibraryError when it cannot be loaded.
 */
export async function loadedTensorFlow(): Promise<{ readonly tf: TensorFlow; readonly algebra: DenseAlgebra }> {
  const { tf } = await loadTensorFlow();
  return { tf, algebra: tensorFlowAlgebra(tf) };
}
