import { InvalidDataError, InvalidModelError } from '../../shared/errors.js';
import type { NpyArray } from '../data/npy.js';
import { decodeNpz, encodeNpz } from '../data/npz.js';
import type { NpzEntry } from '../data/npz.js';
import type { PackedForest } from './packed-forest.js';

/** Trees as an `.npz` of PackedForest's arrays, compressed; `more` are arrays beside them. */
export function encodeForest({ width, ...arrays }: PackedForest, more: Readonly<Record<string, NpzEntry>>): Uint8Array {
  const entries: Record<string, NpzEntry> = { width: { data: Int32Array.of(width), shape: [1] } };
  for (const [name, data] of Object.entries(arrays).sort(([a], [b]) => (a < b ? -1 : 1))) entries[name] = { data, shape: [data.length] };
  return encodeNpz({ ...entries, ...more }, { deflate: true });
}

/** @throws InvalidModelError when the bytes are no such trees. */
export function decodeForest(bytes: Uint8Array, kind: string): { readonly packed: PackedForest; readonly arrays: Readonly<Record<string, NpyArray>> } {
  const arrays = arraysOf(bytes, kind);
  const take = <A extends NpyArray['data']>(name: string, Type: new (...values: never[]) => A): A => {
    const data = arrays[name]?.data;
    if (data instanceof Type) return data;
    throw new InvalidModelError(`Not a ${kind}: expected ${name} as a ${Type.name}, got ${data ? data.constructor.name : 'none'}.`);
  };
  const packed = {
    width: take('width', Int32Array)[0], treeNodes: take('treeNodes', Int32Array), treeWeights: take('treeWeights', Float64Array),
    nodeColumns: take('nodeColumns', Uint16Array), splitCuts: take('splitCuts', Uint8Array), cutCounts: take('cutCounts', Uint8Array),
    cuts: take('cuts', Float32Array), leafSizes: take('leafSizes', Uint8Array), leafClasses: take('leafClasses', Uint8Array), leafShares: take('leafShares', Uint8Array),
  };
  return { packed, arrays };
}

function arraysOf(bytes: Uint8Array, kind: string): Readonly<Record<string, NpyArray>> {
  try {
    return decodeNpz(bytes, kind).arrays;
  } catch (error) {
    if (error instanceof InvalidDataError) throw new InvalidModelError(`Not a ${kind}: ${error.message}`, { cause: error });
    throw error;
  }
}
