import { linearScoreGraph } from './linear-scores.js';
import { takeArray } from './model-arrays.js';
import { scoreGraph } from './score-graph.js';

const TITLE = 'Bernoulli naive Bayes';

/** Bernoulli naive Bayes: linear scores of which columns are above the threshold, as float32. */
export const bernoulliNbGraph = scoreGraph(TITLE, (arrays) => {
  const linear = linearScoreGraph(TITLE)(arrays);
  const threshold = Float32Array.from(takeArray(TITLE, arrays, 'threshold', Float64Array, 1));
  return {
    width: linear.width,
    write(to, z) {
      const above = to.op('Greater', [to.cast(z, 'float'), to.constant(threshold, [])]);
      return linear.write(to, to.cast(above, 'double'));
    },
  };
});
