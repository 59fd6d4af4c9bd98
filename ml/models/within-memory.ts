import { OutOfMemoryError } from '../../shared/errors.js';

/**
 * Trains with a batch of half the size, and again, as long as the device's memory does not hold it.
 * @param tell is told of every halving.
 * @throws OutOfMemoryError when not even one row fits; what `train` throws.
 */
export async function withinMemory<O extends { readonly batchSize: number }, R>(options: O, train: (options: O) => Promise<R>, tell: (words: string) => void): Promise<R> {
  try {
    return await train(options);
  } catch (error) {
    const { batchSize } = options;
    if (!(error instanceof OutOfMemoryError) || batchSize === 1) throw error;
    const half = Math.floor(batchSize / 2);
    tell(`a batch of ${batchSize} rows does not fit into memory: again with ${half}`);
    return withinMemory({ ...options, batchSize: half }, train, tell);
  }
}
