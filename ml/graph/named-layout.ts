import { InvalidModelError } from '../../shared/errors.js';
import { shapeSize } from '../shape-size.js';
import type { NamedWeight } from './inference-graph.js';
import type { NetworkWeights, WeightLayout, WeightPlace } from './weight-layout.js';

/** Lays out a saved network's weights, in their order: moving averages apart, all else trained. */
export function layOutNamed(weights: readonly NamedWeight[]): WeightLayout {
  const [trained, moving]: [WeightPlace[], WeightPlace[]] = [[], []];
  const used = [0, 0];
  for (const { name, shape } of weights) {
    const which = /\/moving_(mean|variance)$/.test(name) ? 1 : 0;
    const length = shapeSize(shape);
    (which === 0 ? trained : moving).push({ name, shape, offset: used[which], length });
    used[which] += length;
  }
  return { trained, moving, parameters: used[0], statistics: used[1] };
}

/**
 * Weights as the flat arrays of a layout.
 * @param valueOf gives a place's numbers.
 * @throws InvalidModelError when they are not as many as the place holds.
 */
export function flatten({ trained, moving, parameters, statistics }: WeightLayout, valueOf: (name: string) => ArrayLike<number> | undefined): NetworkWeights {
  const flat = (places: readonly WeightPlace[], length: number): Float32Array => {
    const all = new Float32Array(length);
    for (const { name, offset, length: expected } of places) {
      const values = valueOf(name);
      if (values?.length !== expected) throw new InvalidModelError(`${name}: expected ${expected} numbers, got ${values ? values.length : 'none'}.`);
      all.set(values, offset);
    }
    return all;
  };
  return { weights: flat(trained, parameters), moving: flat(moving, statistics) };
}

/** A place's numbers in flat arrays, by name; copies. */
export function numbersByName({ trained, moving }: WeightLayout, { weights, moving: statistics }: NetworkWeights): ReadonlyMap<string, Float32Array<ArrayBuffer>> {
  const entries = (places: readonly WeightPlace[], flat: Float32Array): [string, Float32Array<ArrayBuffer>][] =>
    places.map(({ name, offset, length }) => [name, Float32Array.from(flat.subarray(offset, offset + length))]);
  return new Map([...entries(trained, weights), ...entries(moving, statistics)]);
}
