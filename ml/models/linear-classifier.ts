import { InvalidDataError, InvalidModelError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import type { NpyArray } from '../data/npy.js';
import { decodeNpz, encodeNpz } from '../data/npz.js';
import type { Matrix } from '../matrix.js';
import { unitOf } from '../unit-of.js';
import { checkWidth } from './check-width.js';
import { CLASSES } from './model.js';
import type { Classifier } from './model.js';

/** Scores linear in the columns as they come: float32 [columns, 10] and [10]. */
export interface LinearScores {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** The model whose probabilities are the softmax of linear scores; saved as an `.npz` of `weights` and `bias`. */
export function linearClassifier(kind: string, { weights, bias }: LinearScores, details: JsonObject): Classifier {
  const columns = weights.length / CLASSES;
  return {
    columns,
    parameters: weights.length + CLASSES,
    runtime: 'typescript',
    details,

    async predictProba(x) {
      checkWidth(kind, x, columns);
      return { rows: x.rows, columns: CLASSES, data: probabilities(x, weights, bias) };
    },

    async save() {
      return encodeNpz({ weights: { data: weights, shape: [columns, CLASSES] }, bias: { data: bias, shape: [CLASSES] } });
    },

    dispose() {
      // everything is on the JavaScript heap
    },
  };
}

/** @throws InvalidModelError when the bytes are no such model. */
export function loadLinearClassifier(kind: string, bytes: Uint8Array): Classifier {
  const { weights, bias } = arraysOf(kind, bytes);
  const columns = weights.shape[0] ?? 0;
  const fits = weights.data instanceof Float32Array && bias.data instanceof Float32Array &&
    weights.shape.length === 2 && weights.shape[1] === CLASSES && bias.data.length === CLASSES && columns > 0;
  if (!fits) {
    throw new InvalidModelError(`Not a ${kind}: weights are (${weights.shape.join(', ')}) ${weights.dtype}, expected (columns, ${CLASSES}) f4.`);
  }
  return linearClassifier(kind, { weights: weights.data as Float32Array, bias: bias.data as Float32Array }, {});
}

function arraysOf(kind: string, bytes: Uint8Array): Readonly<Record<string, NpyArray>> {
  try {
    const { arrays } = decodeNpz(bytes, kind);
    if (arrays['weights'] && arrays['bias']) return arrays;
  } catch (error) {
    if (error instanceof InvalidDataError) throw new InvalidModelError(`Not a ${kind}: ${error.message}`, { cause: error });
    throw error;
  }
  throw new InvalidModelError(`Not a ${kind}: expected an .npz with weights and bias.`);
}

function probabilities({ rows, columns, data }: Matrix, weights: Float32Array, bias: Float32Array): Float32Array {
  const unit = unitOf({ data });
  const proba = new Float32Array(rows * CLASSES);
  const scores = new Float64Array(CLASSES);
  for (let row = 0, i = 0; row < rows; row++) {
    scores.fill(0);
    for (let j = 0, w = 0; j < columns; j++, i++) {
      const value = data[i];
      if (value === 0) w += CLASSES;
      else for (let k = 0; k < CLASSES; k++, w++) scores[k] += value * weights[w];
    }
    let max = -Infinity;
    for (let k = 0; k < CLASSES; k++) max = Math.max(max, scores[k] = scores[k] * unit + bias[k]);
    let sum = 0;
    for (let k = 0; k < CLASSES; k++) sum += scores[k] = Math.exp(scores[k] - max);
    for (let k = 0; k < CLASSES; k++) proba[row * CLASSES + k] = scores[k] / sum;
  }
  return proba;
}
