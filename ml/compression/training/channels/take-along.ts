import type { NamedWeight } from '../../../graph/inference-graph.js';
import { shapeSize } from '../../../shape-size.js';

/** The entries of a weight at some indices of one axis; all of them when no indices are given. */
export function takeAlong(weight: NamedWeight, axis: number, indices: readonly number[] | undefined): NamedWeight {
  if (!indices) return weight;
  const { shape, data } = weight;
  const inner = shapeSize(shape.slice(axis + 1));
  const outer = shapeSize(shape.slice(0, axis));
  const taken = new Float32Array(outer * indices.length * inner);
  for (let block = 0; block < outer; block++) {
    indices.forEach((index, at) => {
      const from = (block * shape[axis] + index) * inner;
      taken.set(data.subarray(from, from + inner), (block * indices.length + at) * inner);
    });
  }
  return { ...weight, shape: shape.map((side, i) => (i === axis ? indices.length : side)), data: taken };
}
