import type { DataType } from '../../native/tensorflow/data-type.js';
import type { Output } from '../../native/tensorflow/graph.js';
import { InvalidModelError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import type { GraphOps } from './graph-ops.js';

/** What an emitter of a layer has at hand. */
export interface LayerScope {
  readonly ops: GraphOps;
  readonly name: string;
  readonly className: string;
  /** The layer's settings, keys in snake_case. */
  readonly config: JsonObject;
  readonly training: boolean;
  /** What products and maps are computed in. */
  readonly computeType: DataType;
  /** A weight in the compute type. @throws InvalidModelError when the layer has none of this name. */
  weight(name: string): Output;
  /** A weight as it is, float32. @throws as `weight`. */
  exactWeight(name: string): Output;
  /** Moving averages move towards this step's statistic after the step, when training. */
  moveTowards(name: string, statistic: Output, momentum: number): void;
  /** A seed of its own for each layer and step: int32 [2], for TensorFlow's stateless random numbers. */
  seed(): Output;
}

/** Adds a layer's operations to the graph and gives its output. */
export type Emitter = (scope: LayerScope, inputs: readonly Output[]) => Output;

/** The error of a layer whose settings the compiler does not know. */
export function unknownSetting({ name, className }: LayerScope, setting: string, value: unknown): InvalidModelError {
  return new InvalidModelError(`${className} ${name}: ${setting} ${JSON.stringify(value)} is not compiled.`);
}
