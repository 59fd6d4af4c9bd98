import { loadTensorFlow, type TensorFlow } from '../../native/tensorflow.js';

/**
 * TensorFlow on the CPU, for steps, which see ml and shared only.
 * @throws NativeLibraryError when it cannot be loaded.
 */
export async function loadedTensorFlow(): Promise<TensorFlow> {
  return (await loadTensorFlow('cpu')).tf;
}
