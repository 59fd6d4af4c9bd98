import { createRandom, deriveSeed } from '../random.js';
import { STREAMS } from './data-order.js';

/**
 * Initial weights of all variables, one after the other: He's normal initialisation for kernels ("Delving Deep into
 * Rectifiers"), cut at two standard deviations, zero for biases (shapes of one axis). The last kernel, whose outputs are
 * no rectifier's input, is drawn with half the variance (Glorot's order of size).
 */
export function initialWeights(shapes: readonly (readonly number[])[], seed: number): Float32Array {
  const sizes = shapes.map((shape) => shape.reduce((product, side) => product * side, 1));
  const weights = new Float32Array(sizes.reduce((sum, size) => sum + size, 0));
  const random = createRandom(deriveSeed(seed, STREAMS.weights));
  const lastKernel = shapes.findLastIndex((shape) => shape.length > 1);
  let offset = 0;
  shapes.forEach((shape, index) => {
    if (shape.length > 1) {
      const inputs = sizes[index] / shape[shape.length - 1];
      const deviation = Math.sqrt((index === lastKernel ? 1 : 2) / inputs);
      for (let i = 0; i < sizes[index]; i++) weights[offset + i] = deviation * truncatedNormal(random.normal);
    }
    offset += sizes[index];
  });
  return weights;
}

function truncatedNormal(normal: () => number): number {
  for (;;) {
    const value = normal();
    if (Math.abs(value) <= 2) return value;
  }
}
