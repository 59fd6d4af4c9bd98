import type { OnnxAttribute, OnnxModel } from '../onnx-model.js';
import { ONNX_TYPES } from '../onnx-schema.js';
import type { OnnxType } from '../onnx-schema.js';
import type { OnnxTensor } from '../onnx-tensor.js';

interface OperatorSettings {
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
  readonly domain?: 'ai.onnx.ml';
}

/**
 * Writes operators and constants to a model under names that it makes up: `scope/MatMul3`. What is precise in the trained model is computed in
 * double, from constants kept as float32 wherever they were learnt so.
 */
export class OnnxWriter {
  readonly #model: OnnxModel;
  readonly #scope: string;
  #count = 0;

  /** @param scope begins every name; no two writers of a model may share one. */
  constructor(model: OnnxModel, scope: string) {
    this.#model = model;
    this.#scope = scope;
  }

  /** An operator with one output. */
  op(opType: string, inputs: readonly string[], { attributes, domain }: OperatorSettings = {}): string {
    return this.#model.node(opType, { inputs, outputs: [this.#name(opType)], ...(attributes && { attributes }), ...(domain && { domain }) });
  }

  /** Values and places (int64) of the `count` smallest numbers of each row, ascending; of equal ones the first. */
  smallest(values: string, count: number): { readonly values: string; readonly places: string } {
    const [found, places] = [this.#name('TopKValues'), this.#name('TopKPlaces')];
    this.#model.node('TopK', { inputs: [values, this.wholes(count)], outputs: [found, places], attributes: { largest: { i: 0 }, sorted: { i: 1 } } });
    return { values: found, places };
  }

  constant(data: OnnxTensor['data'], dims: readonly number[]): string {
    return this.#model.constant(this.#name('constant'), { data, dims });
  }

  /** A number. */
  double(value: number): string {
    return this.constant(Float64Array.of(value), []);
  }

  /** A list of whole numbers, such as sides or axes. */
  wholes(...values: readonly number[]): string {
    return this.constant(BigInt64Array.from(values, BigInt), [values.length]);
  }

  /** Numbers that the file holds as they come and that count in double. */
  asDoubles(data: OnnxTensor['data'], dims: readonly number[]): string {
    return this.cast(this.constant(data, dims), 'double');
  }

  cast(value: string, type: OnnxType): string {
    return this.op('Cast', [value], { attributes: { to: { i: ONNX_TYPES[type] } } });
  }

  /** Sums along the last axis, which stays with a side of one. */
  rowSums(value: string, opType: 'ReduceSum' | 'ReduceSumSquare' = 'ReduceSum'): string {
    return this.op(opType, [value, this.wholes(-1)], { attributes: { keepdims: { i: 1 } } });
  }

  /** Probabilities, float32, of numbers of at least 0 in double; each row divided by its sum. */
  shares(weights: string): string {
    return this.cast(this.op('Div', [weights, this.rowSums(weights)]), 'float');
  }

  /** Probabilities, float32, of scores in double. */
  softmax(scores: string): string {
    return this.cast(this.op('Softmax', [scores], { attributes: { axis: { i: -1 } } }), 'float');
  }

  #name(what: string): string {
    return `${this.#scope}/${what}${this.#count++}`;
  }
}
