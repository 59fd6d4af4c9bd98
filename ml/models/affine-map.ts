import { multiplyKernel } from '../wasm/multiply-kernel.js';
import type { Matrix } from '../matrix.js';
import { unitOf } from '../unit-of.js';

const PANEL = 32; // columns of weights that one pass keeps in registers, at most: eight vectors of four
const BLOCK = 64; // rows at a time
const FLOAT = 4;

/**
 * Rows through (x - offset) times weights in float32, by WebAssembly; a row's result does not depend on the rows beside it. The
 * weights are laid out once; pixels count in 0..1.
 * @param offset [columns]
 * @param weights [columns, width], row-major
 */
export function affineMap(offset: Float32Array, weights: Float32Array): (x: Matrix) => Matrix<Float32Array> {
  const columns = offset.length;
  const width = weights.length / columns;
  const panel = Math.min(PANEL, 4 * Math.ceil(width / 4));
  const panels = Math.ceil(width / panel);
  const stride = panels * panel; // of the result
  const rowsAt = panels * columns * panel;
  const resultAt = rowsAt + BLOCK * columns;
  const { memory, multiply } = multiplyKernel((resultAt + BLOCK * stride) * FLOAT, [panel / 4]);
  const floats = new Float32Array(memory);
  for (let j = 0; j < columns; j++) {
    for (let k = 0; k < width; k++) floats[(Math.floor(k / panel) * columns + j) * panel + (k % panel)] = weights[j * width + k];
  }
  const shift = offsetTimesWeights(offset, weights, width);
  return (x) => {
    const unit = unitOf(x);
    const bytes = x.data instanceof Uint8Array; // the offset comes after the product: bytes are laid out by a plain copy
    const out = new Float32Array(x.rows * width);
    for (let from = 0; from < x.rows; from += BLOCK) {
      const rows = Math.min(BLOCK, x.rows - from);
      const block = x.data.subarray(from * columns, (from + rows) * columns);
      if (bytes) floats.set(block, rowsAt);
      else for (let i = 0, to = rowsAt; i < block.length; ) for (let j = 0; j < columns; j++, i++, to++) floats[to] = block[i] * unit - offset[j];
      for (let p = 0; p < panels; p++) {
        multiply(panel / 4, rowsAt * FLOAT, columns * FLOAT, p * columns * panel * FLOAT, panel * FLOAT, (resultAt + p * panel) * FLOAT, stride * FLOAT, rows, columns);
      }
      for (let row = 0; row < rows; row++) {
        const at = resultAt + row * stride;
        if (bytes) for (let k = 0, to = (from + row) * width; k < width; k++, to++) out[to] = floats[at + k] * unit - shift[k];
        else out.set(floats.subarray(at, at + width), (from + row) * width);
      }
    }
    return { rows: x.rows, columns: width, data: out };
  };
}

/** float64 [width] */
function offsetTimesWeights(offset: Float32Array, weights: Float32Array, width: number): Float64Array {
  const product = new Float64Array(width);
  for (let j = 0, i = 0; j < offset.length; j++) for (let k = 0; k < width; k++, i++) product[k] += offset[j] * weights[i];
  return product;
}
