import { shapeSize } from '../../shape-size.js';

/**
 * How the elements of an array lie in memory: as those of an array of these sides whose axes are in another order (`order[i]` is
 * the axis at place i). A map [h, w, c] that lies as [c, h, w]: sides [h, w, c], order [2, 0, 1]. A reshape changes none of it.
 */
export interface MemoryLayout {
  readonly sides: readonly number[];
  readonly order: readonly number[];
}

/** The layout of an array that lies as it is. */
export function rowMajor(sides: readonly number[]): MemoryLayout {
  return { sides, order: sides.map((_, axis) => axis) };
}

/** Whether both are the same order of the same elements. */
export function liesAs(a: MemoryLayout, b: MemoryLayout): boolean {
  return runsOf(a).join() === runsOf(b).join();
}

/** All orders of the axes of an array of this shape in which its elements lie as in the layout; none where it needs transposing. */
export function ordersAs(shape: readonly number[], layout: MemoryLayout): (readonly number[])[] {
  return permutations(rowMajor(shape).order).filter((order) => liesAs({ sides: shape, order }, layout));
}

/** The number, in row-major order, of each element as it lies. */
export function elementsAsTheyLie({ sides, order }: MemoryLayout): Int32Array {
  return Int32Array.from(permuteElements(Int32Array.from({ length: shapeSize(sides) }, (_, i) => i), sides, order));
}

/** The elements of a row-major array with its axes in another order. */
export function permuteElements<T extends Float32Array | Int8Array | Int32Array>(data: T, sides: readonly number[], order: readonly number[]): T {
  const strides = stridesOf(sides);
  const permuted = data.slice() as T;
  const position = order.map(() => 0);
  let from = 0;
  for (let to = 0; to < data.length; to++) {
    permuted[to] = data[from];
    for (let place = order.length - 1; place >= 0; place--) {
      const axis = order[place];
      from += strides[axis];
      position[place] += 1;
      if (position[place] < sides[axis]) break;
      from -= sides[axis] * strides[axis];
      position[place] = 0;
    }
  }
  return permuted;
}

function stridesOf(sides: readonly number[]): number[] {
  return sides.map((_, axis) => shapeSize(sides.slice(axis + 1)));
}

/** Lengths and strides of the axes in memory, outermost first; axes of one element are left out and those that run on joined. */
function runsOf({ sides, order }: MemoryLayout): [number, number][] {
  const strides = stridesOf(sides);
  const runs: [number, number][] = [];
  for (const axis of order) {
    if (sides[axis] === 1) continue;
    const before = runs.at(-1);
    if (before !== undefined && before[1] === sides[axis] * strides[axis]) runs[runs.length - 1] = [before[0] * sides[axis], strides[axis]];
    else runs.push([sides[axis], strides[axis]]);
  }
  return runs;
}

function permutations(axes: readonly number[]): (readonly number[])[] {
  if (axes.length === 0) return [[]];
  return axes.flatMap((first) => permutations(axes.filter((axis) => axis !== first)).map((rest) => [first, ...rest]));
}
