import { rowTransform } from './row-transform.js';
import type { RowTransform } from './row-transform.js';

/** Charges on a square grid become their potential under the kernel 1 / (1 + r^2). */
export interface PotentialGrid {
  /** Nodes along a side. */
  readonly nodes: number;
  /** Charges in, potential out; node (row, column) is at `rowStarts[row] + columnStarts[column]`. Clear it before the next charges. */
  readonly values: Float32Array;
  readonly rowStarts: Int32Array;
  readonly columnStarts: Int32Array;
  clear(): void;
  /** Replaces the charges by the potential; returns the sum of charge times potential over all nodes. */
  convolve(): number;
}

const STRIP = 16; // lanes that are transformed together, so that they stay in the second cache
const ROW = 2 * STRIP; // numbers from one row of a strip to the next

/**
 * A grid of `nodes` x `nodes` (a power of two from 32 on), `spacing` apart. It is doubled with zeros, so nothing wraps around, and
 * the convolution is a product of Fourier transforms (as in FIt-SNE: Linderman et al., Nature Methods 16, 2019). The kernel is
 * divided by the spectra of the cubic B-splines that spread the charges and read the potential (as in smooth particle-mesh Ewald:
 * Essmann et al., J. Chem. Phys. 103, 1995).
 *
 * The charges are real: two halves of each row are transformed as one complex row, and of the spectrum one half is computed.
 */
export function potentialGrid(nodes: number, spacing: number): PotentialGrid {
  const size = 2 * nodes;
  const halfRow = nodes / 2;
  const spectral = lanesFrom(0, nodes + 1, size);
  const spatial = lanesFrom(spectral.end, halfRow, size);
  const transform = rowTransform(size, spatial.end, STRIP);
  const { values } = transform;
  const spectrum = kernelSpectrum(transform, spectral, size, spacing);
  const rowStarts = Int32Array.from({ length: nodes }, (_, row) => ROW * row);
  const columnStarts = Int32Array.from({ length: nodes }, (_, column) => spatial.starts[column % halfRow] + (column < halfRow ? 0 : 4));

  /** Calls for each half of the spectrum's rows: the lane's place, and the places of the two spatial rows that hold it. */
  function eachFrequency(exchange: (lane: number, step: number, up: number, down: number) => void): void {
    for (let ky = 0; ky <= nodes; ky++) exchange(spectral.starts[ky], spectral.steps[ky], ROW * ky, ROW * ((size - ky) % size));
  }

  /** The transforms (twice as large) of both halves of the rows, from that of their complex sum. */
  function separate(lane: number, step: number, up: number, down: number): void {
    const across = halfRow * step;
    for (let column = 0; column < halfRow; column++) {
      const a = up + columnStarts[column];
      const b = down + columnStarts[column];
      values[lane] = values[a] + values[b];
      values[lane + 4] = values[a + 4] - values[b + 4];
      values[lane + across] = values[a + 4] + values[b + 4];
      values[lane + across + 4] = values[b] - values[a];
      lane += step;
    }
  }

  function join(lane: number, step: number, up: number, down: number): void {
    const across = halfRow * step;
    for (let column = 0; column < halfRow; column++) {
      const a = up + columnStarts[column];
      const b = down + columnStarts[column];
      values[b] = values[lane] + values[lane + across + 4];
      values[b + 4] = values[lane + across] - values[lane + 4];
      values[a] = values[lane] - values[lane + across + 4];
      values[a + 4] = values[lane + 4] + values[lane + across];
      lane += step;
    }
  }

  return {
    nodes, values, rowStarts, columnStarts,
    clear: () => void values.fill(0, 2 * spectral.end),
    convolve() {
      transformAll(transform, spatial, false);
      values.fill(0, 0, 2 * spectral.end);
      eachFrequency(separate);
      transformAll(transform, spectral, false);
      const energy = multiply(values, spectrum, spectral, size);
      transformAll(transform, spectral, true);
      eachFrequency(join);
      transformAll(transform, spatial, true);
      return energy;
    },
  };
}

function transformAll({ transform }: RowTransform, { strips }: Lanes, inverse: boolean): void {
  for (const { start, lanes } of strips) transform(start, lanes, inverse);
}

/** Multiplies the charges' transform by the kernel's; returns the sum of charge times potential, by Parseval's theorem. */
function multiply(values: Float32Array, spectrum: Float32Array, { starts, steps, end }: Lanes, size: number): number {
  let energy = 0;
  for (const lane of [0, starts.length - 1]) { // these two stand once in the whole spectrum, the others twice
    for (let row = 0, at = starts[lane]; row < size; row++, at += steps[lane]) {
      energy -= spectrum[at] * (values[at] * values[at] + values[at + 4] * values[at + 4]);
    }
  }
  energy /= 2;
  for (let at = 0; at < 2 * end; at += 8) {
    for (let i = at; i < at + 4; i++) {
      const re = values[i];
      const im = values[i + 4];
      const factor = spectrum[i];
      energy += factor * (re * re + im * im);
      values[i] = factor * re;
      values[i + 4] = factor * im;
    }
  }
  return energy;
}

/** The spectrum of 1 / (1 + r^2) for B-splines at both ends, with all constant factors, at the places of the lanes' real parts. */
function kernelSpectrum(transform: RowTransform, lanes: Lanes, size: number, spacing: number): Float32Array {
  const { values } = transform;
  const nodes = size / 2;
  const { starts, steps, end } = lanes;
  const squared = Float64Array.from({ length: size }, (_, i) => (Math.min(i, size - i) * spacing) ** 2);
  const fill = (value: (row: number, lane: number) => number): void => {
    values.fill(0, 0, 2 * end);
    for (let lane = 0; lane <= nodes; lane++) {
      for (let row = 0; row < size; row++) values[starts[lane] + row * steps[lane]] = value(row, lane);
    }
    transformAll(transform, lanes, false);
  };
  fill((row, lane) => 1 / (1 + squared[row] + squared[lane]));
  const half = values.slice(0, 2 * end);
  // the kernel is even, so its transform is real, and the lanes beyond the middle mirror those before it
  fill((row, lane) => half[starts[Math.min(row, size - row)] + lane * steps[Math.min(row, size - row)]]);
  const spline = Float64Array.from({ length: size }, (_, i) => ((4 + 2 * Math.cos((2 * Math.PI * i) / size)) / 6) ** 2);
  const spectrum = new Float32Array(2 * end);
  for (let lane = 0; lane <= nodes; lane++) {
    for (let row = 0; row < size; row++) {
      const at = starts[lane] + row * steps[lane];
      spectrum[at] = values[at] / (2 * size * size * spline[row] * spline[lane]); // the charges' transform comes twice as large
    }
  }
  return spectrum;
}

/** Where lanes lie: in strips, each [size][lanes of the strip]. */
interface Lanes {
  /** The number at which a lane's first real part stands, and how many numbers further its next one. */
  readonly starts: Int32Array;
  readonly steps: Int32Array;
  /** In complex numbers. */
  readonly strips: readonly { readonly start: number; readonly lanes: number }[];
  readonly end: number;
}

function lanesFrom(first: number, count: number, size: number): Lanes {
  const strips: { start: number; lanes: number }[] = [];
  let end = first;
  for (let from = 0; from < count; from += STRIP) {
    const lanes = Math.ceil(Math.min(STRIP, count - from) / 4) * 4;
    strips.push({ start: end, lanes });
    end += lanes * size;
  }
  const stripOf = (lane: number): { start: number; lanes: number } => strips[Math.floor(lane / STRIP)];
  return {
    starts: Int32Array.from({ length: count }, (_, lane) => 2 * stripOf(lane).start + 8 * ((lane % STRIP) >> 2) + (lane & 3)),
    steps: Int32Array.from({ length: count }, (_, lane) => 2 * stripOf(lane).lanes),
    strips, end,
  };
}
