import { InvalidModelError } from '../../../../shared/errors.js';
import { CLASSES } from '../../../models/model.js';
import { readQuadraticScores } from '../../../models/quadratic-scores.js';
import { scoreGraph } from './score-graph.js';

const TITLE = 'quadratic discriminant analysis';

/** Quadratic discriminant analysis: half the negative squared length of the centred row times each class's triangle. */
export const qdaGraph = scoreGraph(TITLE, (arrays) => {
  const quadratic = readQuadraticScores(arrays);
  if (!quadratic) throw new InvalidModelError(`Not a ${TITLE}: expected means, triangles and constants; got ${Object.keys(arrays).join(', ')}.`);
  const { means, triangles, constants } = quadratic;
  const width = means.length / CLASSES;
  const size = triangles.length / CLASSES;
  return {
    width,
    write(to, z) {
      const squares = Array.from({ length: CLASSES }, (_, k) => {
        const away = to.op('Sub', [z, to.asDoubles(means.slice(k * width, (k + 1) * width), [width])]);
        const weights = to.asDoubles(transposed(triangles.subarray(k * size, (k + 1) * size), width), [width, width]);
        return to.rowSums(to.op('MatMul', [away, weights]), 'ReduceSumSquare');
      });
      const halves = to.op('Mul', [to.op('Concat', squares, { attributes: { axis: { i: 1 } } }), to.double(-0.5)]);
      return to.op('Add', [halves, to.constant(constants, [CLASSES])]);
    },
  };
});

/** [width, width] weights for rows times the transposed triangle, whose rows lie up to the diagonal. */
function transposed(triangle: Float32Array, width: number): Float32Array {
  const weights = new Float32Array(width * width);
  for (let j = 0, at = 0; j < width; j++) for (let i = 0; i <= j; i++, at++) weights[i * width + j] = triangle[at];
  return weights;
}
