import type { Octave } from './scale-space.js';
import { STEPS } from './scale-space.js';

/** Least difference of brightness at an extremum, of 1: OpenCV's 0.04 for all the steps of an octave. */
const CONTRAST = 0.04 / STEPS;
/** Greatest ratio of the two principal curvatures: beyond it, it is a point of an edge, which may slide along it. */
const CURVATURES = 10;
const MOVES = 5; // to a neighbouring sample; what goes on wandering is no extremum

/** An extremum of the differences of Gaussians, where it was found and where the fitted parabola puts it. */
export interface Extremum {
  /** Plane, row and column of the nearest sample. */
  readonly plane: number;
  readonly x: number;
  readonly y: number;
  /** From that sample to the extremum: in samples, and in steps of scale. */
  readonly offset: { readonly x: number; readonly y: number; readonly plane: number };
  /** The difference's size at the extremum. */
  readonly response: number;
}

/**
 * The extrema of an octave among their 26 neighbours in place and scale, placed between the samples by a parabola through them
 * (Brown and Lowe 2002), without those of low contrast or on an edge (Lowe 2004, sections 3.1, 4 and 4.1). Each is found once.
 */
export function findExtrema(octave: Octave): Extremum[] {
  const { width, height, differences } = octave;
  const found: Extremum[] = [];
  const seen = new Set<number>();
  for (let plane = 1; plane <= STEPS; plane++) {
    const values = differences[plane];
    for (let y = 1; y < height - 1; y++) {
      for (let x = 1; x < width - 1; x++) {
        if (Math.abs(values[y * width + x]) <= CONTRAST / 2 || !isExtreme(octave, plane, x, y)) continue;
        const extremum = refined(octave, plane, x, y);
        if (!extremum) continue;
        const cell = (extremum.plane * height + extremum.y) * width + extremum.x;
        if (seen.has(cell)) continue;
        seen.add(cell);
        found.push(extremum);
      }
    }
  }
  return found;
}

function isExtreme({ width, differences }: Octave, plane: number, x: number, y: number): boolean {
  const at = y * width + x;
  const sign = differences[plane][at] > 0 ? 1 : -1;
  const value = sign * differences[plane][at];
  for (let p = plane - 1; p <= plane + 1; p++) {
    const values = differences[p];
    for (let row = at - width; row <= at + width; row += width) {
      if (sign * values[row - 1] > value || sign * values[row] > value || sign * values[row + 1] > value) return false;
    }
  }
  return true;
}

/** Follows the parabola until its top is nearer to this sample than to any other. */
function refined({ width, height, differences }: Octave, plane: number, x: number, y: number): Extremum | undefined {
  for (let move = 0; move < MOVES; move++) {
    const [below, here, above] = [differences[plane - 1], differences[plane], differences[plane + 1]];
    const at = y * width + x;
    const twice = 2 * here[at];
    const dx = (here[at + 1] - here[at - 1]) / 2;
    const dy = (here[at + width] - here[at - width]) / 2;
    const ds = (above[at] - below[at]) / 2;
    const dxx = here[at + 1] + here[at - 1] - twice;
    const dyy = here[at + width] + here[at - width] - twice;
    const dss = above[at] + below[at] - twice;
    const dxy = (here[at + width + 1] - here[at + width - 1] - here[at - width + 1] + here[at - width - 1]) / 4;
    const dxs = (above[at + 1] - above[at - 1] - below[at + 1] + below[at - 1]) / 4;
    const dys = (above[at + width] - above[at - width] - below[at + width] + below[at - width]) / 4;
    const [cx, cy, cs] = [dyy * dss - dys * dys, dxs * dys - dxy * dss, dxy * dys - dyy * dxs]; // of the Hessian's first row
    const volume = dxx * cx + dxy * cy + dxs * cs;
    if (volume === 0) return undefined;
    const ox = -(cx * dx + cy * dy + cs * ds) / volume;
    const oy = -(cy * dx + (dxx * dss - dxs * dxs) * dy + (dxs * dxy - dxx * dys) * ds) / volume;
    const os = -(cs * dx + (dxs * dxy - dxx * dys) * dy + (dxx * dyy - dxy * dxy) * ds) / volume;
    if (Math.abs(ox) <= 0.5 && Math.abs(oy) <= 0.5 && Math.abs(os) <= 0.5) {
      const response = Math.abs(here[at] + (dx * ox + dy * oy + ds * os) / 2);
      const trace = dxx + dyy;
      const area = dxx * dyy - dxy * dxy;
      if (response < CONTRAST || area <= 0 || trace * trace * CURVATURES >= (CURVATURES + 1) ** 2 * area) return undefined;
      return { plane, x, y, offset: { x: ox, y: oy, plane: os }, response };
    }
    x += Math.round(Math.max(-width, Math.min(width, ox)));
    y += Math.round(Math.max(-height, Math.min(height, oy)));
    plane += Math.round(Math.max(-STEPS - 1, Math.min(STEPS + 1, os)));
    if (plane < 1 || plane > STEPS || x < 1 || y < 1 || x > width - 2 || y > height - 2) return undefined;
  }
  return undefined;
}
