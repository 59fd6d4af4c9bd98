import type { Conv2d, Dense, DepthwiseConv2d, ValueId } from '../../network/network-graph.js';
import type { TfliteOperator } from '../tflite-graph.js';

/** An operator without its wiring. */
export type OperatorSettings<T = TfliteOperator> = T extends TfliteOperator ? Omit<T, 'inputs' | 'outputs'> : never;

/** What writes a network's operations as TFLite operators, in one storage of numbers (float, int8). Tensors are given by index. */
export interface TfliteScope {
  /** Of a value of the network, without the batch. */
  shape(value: ValueId): readonly number[];
  /** The tensor of a value: an activation, or a constant to compute with. */
  read(value: ValueId): number;
  /** As `read`, but stored as `other` is: kernels that only compare or copy numbers ask for that. */
  readLike(value: ValueId, other: ValueId): number;
  /** The tensors of a product's weights and bias, as TFLite lays them out. */
  weights(product: Conv2d | DepthwiseConv2d | Dense): readonly [weights: number, bias: number];
  /** Weights are whole numbers and activations are not. */
  readonly storesWeightsAlone: boolean;
  /** A new tensor for an operation's result. */
  write(value: ValueId): number;
  /** A new tensor between two operators of one operation; a `share` is in [0, 1]. `shape` is without the batch. */
  temporary(name: string, shape: readonly number[], kind: 'real' | 'share'): number;
  /** A constant float32 number. @throws InternalError where numbers are not float32. */
  number(name: string, value: number): number;
  /** A constant of whole numbers (axes, shapes). */
  integers(name: string, shape: readonly number[], values: readonly number[]): number;
  emit(settings: OperatorSettings, inputs: readonly number[], output: number): void;
}
