import type { NpyArray } from '../data/npy.js';
import { affineMap } from './affine-map.js';
import { CLASSES } from './model.js';
import type { ScoreModel } from './score-kind.js';

/** Scores constant - |T (x - mean)|^2 / 2 for each class, T lower triangular. */
export interface QuadraticScores {
  /** [10, columns] */
  readonly means: Float32Array;
  /** [10, columns (columns + 1) / 2]: the rows of each T, up to the diagonal. */
  readonly triangles: Float32Array;
  /** [10]; -Infinity for a class without training rows. */
  readonly constants: Float64Array;
}

/** Scores that are quadratic in the row, by WebAssembly. */
export function quadraticScores({ means, triangles, constants }: QuadraticScores): ScoreModel {
  const columns = means.length / CLASSES;
  const size = (columns * (columns + 1)) / 2;
  const maps = Array.from(constants, (constant, k) =>
    constant === -Infinity ? undefined : affineMap(means.subarray(k * columns, (k + 1) * columns), transposed(triangles.subarray(k * size, (k + 1) * size), columns)));
  return {
    width: columns,
    parameters: means.length + triangles.length + CLASSES,

    scores(z) {
      const scores = new Float64Array(z.rows * CLASSES).fill(-Infinity);
      maps.forEach((map, k) => {
        if (!map) return;
        const { data } = map(z);
        for (let row = 0, i = 0; row < z.rows; row++) {
          let sum = 0;
          for (let j = 0; j < columns; j++, i++) sum += data[i] * data[i];
          scores[row * CLASSES + k] = constants[k] - sum / 2;
        }
      });
      return scores;
    },

    arrays: () => ({
      means: { data: means, shape: [CLASSES, columns] },
      triangles: { data: triangles, shape: [CLASSES, size] },
      constants: { data: constants, shape: [CLASSES] },
    }),
  };
}

/** What `arrays` gave; undefined when it is something else. */
export function readQuadraticScores({ means, triangles, constants }: Readonly<Record<string, NpyArray | undefined>>): QuadraticScores | undefined {
  if (!(means?.data instanceof Float32Array) || !(triangles?.data instanceof Float32Array) || !(constants?.data instanceof Float64Array)) return undefined;
  const columns = means.data.length / CLASSES;
  const fits = columns >= 1 && triangles.data.length === CLASSES * ((columns * (columns + 1)) / 2) && constants.data.length === CLASSES;
  return fits ? { means: means.data, triangles: triangles.data, constants: constants.data } : undefined;
}

/** [columns, columns] row-major weights for rows times T'. */
function transposed(triangle: Float32Array, columns: number): Float32Array {
  const weights = new Float32Array(columns * columns);
  for (let j = 0, at = 0; j < columns; j++) for (let i = 0; i <= j; i++, at++) weights[i * columns + j] = triangle[at];
  return weights;
}
