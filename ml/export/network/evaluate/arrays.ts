/** Numbers of a value, row-major, with its shape. */
export interface EvaluatedValue {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/** How an operation's value is computed from what it reads, constants included, in the order of `inputsOf`. */
export type Evaluation<Operation> = (operation: Operation, inputs: readonly EvaluatedValue[], shape: readonly number[]) => Float64Array;
