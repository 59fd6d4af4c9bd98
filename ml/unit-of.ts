import type { Matrix } from './matrix.js';

/** What one stored unit of a matrix stands for: pixels are bytes that mean value / 255. */
export function unitOf({ data }: Pick<Matrix, 'data'>): number {
  return data instanceof Uint8Array ? 1 / 255 : 1;
}
