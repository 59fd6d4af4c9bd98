import { butterflyKernel, VECTOR_BYTES } from './butterfly-kernel.js';

/** Fourier transforms along the rows of complex arrays [size][lanes], four lanes a vector: real parts, then imaginary parts. */
export interface RowTransform {
  /** The memory's numbers: `planes` complex numbers, for the caller. */
  readonly values: Float32Array;
  /**
   * Transforms, in place, the array that begins at complex number `start`; all lanes at once. The inverse is not divided by the
   * size. `lanes` is a multiple of four.
   */
  transform(start: number, lanes: number, inverse: boolean): void;
}

/**
 * Transforms of length `size` (a power of two from 4 on) with room for `complexNumbers` and arrays of at most `widest` lanes.
 * Cooley and Tukey's algorithm in Stockham's form, radix 4, in single precision.
 */
export function rowTransform(size: number, complexNumbers: number, widest: number): RowTransform {
  const scratch = 8 * complexNumbers;
  const twiddles = scratch + 8 * size * widest;
  const stages = stagesOf(size);
  const kernel = butterflyKernel(twiddles + 24 * stages.reduce((sum, stage) => sum + stage.groups, 0));
  let place = twiddles;
  const starts = stages.map(({ groups }) => {
    const start = place;
    new Float32Array(kernel.memory, start, 6 * groups).set(rotations(groups));
    place += 24 * groups;
    return start;
  });
  const bytes = new Uint8Array(kernel.memory);

  return {
    values: new Float32Array(kernel.memory, 0, 2 * complexNumbers),
    transform(start, lanes, inverse) {
      let [from, to] = [8 * start, scratch];
      let rows = 1; // that belong together already
      for (const [index, { radix, groups }] of stages.entries()) {
        const vectors = (8 * rows * lanes) / VECTOR_BYTES;
        if (radix === 4) kernel.radix4(inverse, from, to, starts[index], groups, vectors);
        else kernel.radix2(from, to, vectors);
        [from, to] = [to, from];
        rows *= radix;
      }
      if (from === scratch) bytes.copyWithin(8 * start, scratch, scratch + 8 * size * lanes);
    },
  };
}

interface Stage {
  readonly radix: 2 | 4;
  readonly groups: number;
}

function stagesOf(size: number): Stage[] {
  const stages: Stage[] = [];
  let left = size;
  for (; left >= 4; left /= 4) stages.push({ radix: 4, groups: left / 4 });
  if (left === 2) stages.push({ radix: 2, groups: 1 });
  return stages;
}

/** exp(-2 pi i p m / n) for p = 0 .. n / 4 - 1 and m = 1, 2, 3. */
function rotations(groups: number): Float32Array {
  return Float32Array.from({ length: 6 * groups }, (_, i) => {
    const angle = (-2 * Math.PI * Math.floor(i / 6) * (1 + (Math.floor(i / 2) % 3))) / (4 * groups);
    return i % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
  });
}
