import type { Matrix } from '../matrix.js';
import type { MapGeometry } from './map-geometry.js';

/**
 * A map of `size` x `size` units as a picture of `side` x `side` pixels: each unit's value where it looks, falling linearly to nothing at the
 * places of its neighbours, and as far beyond the outermost units.
 */
export function placeMap(map: Float32Array, size: number, { start, step }: MapGeometry, side: number): Float32Array {
  const places = Array.from({ length: side }, (_, pixel) => {
    const at = (pixel - start) / step;
    const low = Math.floor(at);
    return [{ unit: low, part: low + 1 - at }, { unit: low + 1, part: at - low }].filter(({ unit }) => unit >= 0 && unit < size);
  });
  return Float32Array.from({ length: side * side }, (_, i) => {
    let value = 0;
    for (const y of places[Math.floor(i / side)]) for (const x of places[i % side]) value += y.part * x.part * map[y.unit * size + x.unit];
    return value;
  });
}

/** Square maps, one a row, as pictures of `side` x `side` pixels, one a row. */
export function placeMaps({ rows, columns, data }: Matrix<Float32Array>, geometry: MapGeometry, side: number): Matrix<Float32Array> {
  const placed = new Float32Array(rows * side * side);
  const size = Math.sqrt(columns);
  for (let row = 0; row < rows; row++) placed.set(placeMap(data.subarray(row * columns, (row + 1) * columns), size, geometry, side), row * side * side);
  return { rows, columns: side * side, data: placed };
}
