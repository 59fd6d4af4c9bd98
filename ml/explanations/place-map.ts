import type { MapGeometry } from './map-geometry.js';

/**
 * A map of `size` x `size` units as a picture of `side` x `side` pixels: each unit's value where it looks, between units linearly, beyond the
 * outermost ones as they are.
 */
export function placeMap(map: Float32Array, size: number, { start, step }: MapGeometry, side: number): Float32Array {
  const places = Array.from({ length: side }, (_, pixel) => {
    const at = Math.min(size - 1, Math.max(0, (pixel - start) / step));
    const low = Math.min(Math.floor(at), size - 2);
    return { low, part: at - low };
  });
  return Float32Array.from({ length: side * side }, (_, i) => {
    const [y, x] = [places[Math.floor(i / side)], places[i % side]];
    const row = (unit: number): number => map[unit * size + x.low] * (1 - x.part) + map[unit * size + x.low + 1] * x.part;
    return row(y.low) * (1 - y.part) + row(y.low + 1) * y.part;
  });
}
