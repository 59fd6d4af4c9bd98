import { createRandom, deriveSeed } from '../random.js';

/** Sub-seeds of one training, so that no two uses of randomness share a sequence. */
export const STREAMS = { weights: 1, order: 2, batch: 3, augmentation: 4, mix: 5, engine: 6 } as const;

/** The rows in the order in which an epoch (0-based) visits them: a shuffle that follows from seed and epoch alone. */
export function dataOrder(seed: number, epoch: number, rows: number): Uint32Array {
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  return createRandom(deriveSeed(seed, STREAMS.order, epoch)).shuffle(order);
}
