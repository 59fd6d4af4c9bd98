import { InvalidModelError } from '../../../../shared/errors.js';
import { CLASSES } from '../../../models/model.js';
import { takeArray } from './model-arrays.js';
import { scoreGraph } from './score-graph.js';

const TITLE = 'Gaussian naive Bayes';

/** Gaussian naive Bayes. Each class is centred by itself: squares multiplied out would cancel where a variance is next to nothing. */
export const gaussianNbGraph = scoreGraph(TITLE, (arrays) => {
  const means = takeArray(TITLE, arrays, 'means', Float32Array);
  const variances = takeArray(TITLE, arrays, 'variances', Float32Array, means.length);
  const logPriors = takeArray(TITLE, arrays, 'logPriors', Float64Array, CLASSES);
  const width = means.length / CLASSES;
  if (!(Number.isInteger(width) && width > 0)) throw new InvalidModelError(`Not a ${TITLE}: ${means.length} means are no multiple of ${CLASSES}.`);
  const constants = logPriors.map((prior, k) =>
    variances.subarray(k * width, (k + 1) * width).reduce((sum, variance) => sum - 0.5 * Math.log(2 * Math.PI * variance), prior));
  return {
    width,
    write(to, z) {
      const half = to.double(-0.5);
      const scores = Array.from({ length: CLASSES }, (_, k) => {
        const own = (values: Float32Array): Float32Array => values.slice(k * width, (k + 1) * width);
        const away = to.op('Sub', [z, to.asDoubles(own(means), [width])]);
        const factors = to.op('Div', [half, to.asDoubles(own(variances), [width, 1])]);
        return to.op('MatMul', [to.op('Mul', [away, away]), factors]);
      });
      return to.op('Add', [to.op('Concat', scores, { attributes: { axis: { i: 1 } } }), to.constant(constants, [CLASSES])]);
    },
  };
});
