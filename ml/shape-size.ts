/** How many numbers an array of this shape holds: the product of its sides, 1 for a scalar. */
export function shapeSize(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}
