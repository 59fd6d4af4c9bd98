import { InvalidModelError } from '../../../../shared/errors.js';
import { modelArrays, takeArray } from './model-arrays.js';
import type { ModelArrays } from './model-arrays.js';
import type { OnnxWriter } from './onnx-writer.js';
import { projectionGraph } from './projection-graph.js';
import type { ReadRowGraph } from './row-graph.js';

/** The scores of a kind of `scoreKind`. */
export interface ScoreGraph {
  readonly width: number;
  /** @param z double [batch, width], projected and rounded to float32 as the trained model's are. @returns double [batch, 10] */
  write(writer: OnnxWriter, z: string): string;
}

/** Models of `scoreKind`: a projection, a score for each class, and their softmax at a temperature. */
export function scoreGraph(title: string, read: (arrays: ModelArrays) => ScoreGraph): ReadRowGraph {
  return (bytes) => {
    const arrays = modelArrays(title, bytes);
    const projection = projectionGraph(arrays);
    const scores = read(arrays);
    const [temperature] = takeArray(title, arrays, 'temperature', Float64Array, 1);
    if (scores.width !== projection.width || !(temperature > 0)) {
      throw new InvalidModelError(`Not a ${title}: scores of ${scores.width} columns after a projection to ${projection.width}, at temperature ${temperature}.`);
    }
    return {
      columns: projection.columns,
      write: (to, features) => to.softmax(to.op('Div', [scores.write(to, to.cast(projection.floats(to, features), 'double')), to.double(temperature)])),
    };
  };
}
