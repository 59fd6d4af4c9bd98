import { InvalidModelError } from '../../../../shared/errors.js';
import { readLinearScores } from '../../../models/linear-scores.js';
import { CLASSES } from '../../../models/model.js';
import type { ModelArrays } from './model-arrays.js';
import type { ScoreGraph } from './score-graph.js';

/** Scores (z - offset) times weights, plus a bias: linear discriminant analysis and nearest centroid. */
export function linearScoreGraph(title: string): (arrays: ModelArrays) => ScoreGraph {
  return (arrays) => {
    const linear = readLinearScores(arrays);
    if (!linear) throw new InvalidModelError(`Not a ${title}: expected offset, weights and bias; got ${Object.keys(arrays).join(', ')}.`);
    const { offset, weights, bias } = linear;
    const width = offset.length;
    return {
      width,
      write: (to, z) => to.op('Add', [
        to.op('MatMul', [to.op('Sub', [z, to.asDoubles(offset, [width])]), to.asDoubles(weights, [width, CLASSES])]),
        to.constant(bias, [CLASSES]),
      ]),
    };
  };
}
