import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import type { Initializers } from './initializers.js';

/** A network architecture: from images [n, side, side, 1] in [0, 1] to probabilities [n, 10] of a dense softmax layer `digits`. */
export interface NetworkDefinition<Options extends object> {
  /** In kebab-case, e.g. `residual-cnn`. */
  readonly name: string;
  /** What can be said about the architecture, nothing about its training. */
  readonly defaults: Options;
  /** Other options worth a name. */
  readonly presets?: Readonly<Record<string, Options>>;
  /** What is wrong with the options for images of this side; empty when nothing is. */
  problems(options: Options, side: number): string[];
  /**
   * The network, with a stable name for every layer. The same options and initial weights' seed give the same network. Options with
   * problems are not to be given.
   */
  build(tf: TensorFlow, side: number, options: Options, initializers: Initializers): tfTypes.LayersModel;
}
