import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../../native/tensorflow-js.js';

/** A layer's input or output, batch first; null for an unknown side. */
export type LayerShape = readonly (number | null)[];

/** A layer's settings: what `toJSON` writes, keys in camelCase here and in snake_case there. */
export type LayerSettings = Readonly<Record<string, number>>;

/** One weight of a layer and what it starts as. */
export interface LayerWeight {
  /** The model's files name it `<layer>/<name>`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** `glorot`: Glorot's normal initialisation; a number: a normal distribution of that deviation, cut at two of them. */
  readonly start: 'zeros' | 'ones' | 'glorot' | number;
}

/** What a layer computes from; all float32. */
export interface LayerArithmetic<Settings extends LayerSettings> {
  readonly tf: TensorFlow;
  readonly settings: Settings;
  /** A weight by its name. */
  readonly weight: (name: string) => tfTypes.Tensor;
}

/** A layer that tf.layers lacks, as `layerClass` makes a class of it: one input, one output. */
export interface LayerDefinition<Settings extends LayerSettings> {
  readonly className: string;
  /** Every setting; random weights follow from `seed`. */
  readonly defaults: Settings;
  /** What is wrong with the settings for inputs of this shape; empty when nothing is. */
  problems(settings: Settings, shape: LayerShape): string[];
  weights(settings: Settings, shape: LayerShape): readonly LayerWeight[];
  /** Absent: the input's shape. */
  outputShape?(settings: Settings, shape: LayerShape): LayerShape;
  call(x: tfTypes.Tensor, arithmetic: LayerArithmetic<Settings>): tfTypes.Tensor;
  /** What the layer looks at, by name: weights in [0, 1] of channels, places or tokens. */
  attention?(x: tfTypes.Tensor, arithmetic: LayerArithmetic<Settings>): Readonly<Record<string, tfTypes.Tensor>>;
}
