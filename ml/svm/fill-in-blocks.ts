import type { CancelSignal } from '../../shared/step.js';
import { rowsBetween } from '../matrix.js';
import type { Matrix } from '../matrix.js';

const BLOCK = 512;

/**
 * What a function gives for the rows of a matrix, a block of them at a time: messages pass between blocks, and an abort.
 * @param out [rows x numbers a row], filled in.
 * @param working is called before each block.
 */
export async function fillInBlocks<M extends Matrix, T extends Float32Array | Float64Array>(
  x: M, out: T, valuesOf: (part: M) => T, { working, signal }: { readonly working: () => void; readonly signal: CancelSignal },
): Promise<T> {
  const width = x.rows === 0 ? 0 : out.length / x.rows;
  for (let from = 0; from < x.rows; from += BLOCK) {
    working();
    out.set(valuesOf(rowsBetween(x, from, Math.min(x.rows, from + BLOCK)) as M), from * width);
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  }
  return out;
}
