type Shape = readonly number[];

/** How far apart neighbours along each axis are in a row-major array. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  shape.reduceRight((stride, side, axis) => {
    strides[axis] = stride;
    return stride * side;
  }, 1);
  return strides;
}

/** Strides by which a value is read as if it had `shape`: 0 along sides of 1 and missing leading sides. */
export function broadcastStrides(from: Shape, shape: Shape): number[] {
  const strides = stridesOf(from);
  return shape.map((_, axis) => {
    const at = axis - shape.length + from.length;
    return at < 0 || from[at] === 1 ? 0 : strides[at];
  });
}

/** For every index of `shape`, row-major, where `strides` lead from `start`. */
export function positions(shape: Shape, strides: readonly number[], start = 0): Int32Array {
  return shape.reduce<Int32Array>((reached, side, axis) => {
    const next = new Int32Array(reached.length * side);
    reached.forEach((position, i) => {
      for (let step = 0; step < side; step++) next[i * side + step] = position + step * strides[axis];
    });
    return next;
  }, Int32Array.of(start));
}
