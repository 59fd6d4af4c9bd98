import type { TensorFlow } from '../../native/tensorflow-js.js';
import { deriveSeed } from '../random.js';

type Initializer = ReturnType<TensorFlow['initializers']['zeros']>;

/** Initial weights that follow from one seed: every call takes the next seed of a sequence. */
export interface Initializers {
  /** He's normal initialisation, for kernels [.., in, out] before a rectifier ("Delving Deep into Rectifiers"). */
  he(): Initializer;
  /** He's for depthwise kernels [side, side, channels, multiplier], whose inputs are side x side and not times channels. */
  heDepthwise(side: number): Initializer;
  /** Glorot's normal initialisation, for kernels before a sigmoid, a softmax or a sum. */
  glorot(): Initializer;
  /** A normal distribution, cut at two deviations. */
  normal(stddev: number): Initializer;
  zeros(): Initializer;
  ones(): Initializer;
  /** The next seed of another sequence, for a layer that draws its own weights: with and without such layers the rest starts alike. */
  seed(): number;
}

/** The sequence for one seed: the same calls in the same order give the same weights. */
export function createInitializers(tf: TensorFlow, seed: number): Initializers {
  const sequence = (stream: number): (() => number) => {
    let taken = 0;
    return () => nonZeroSeed(seed, stream, taken++);
  };
  const next = sequence(0);
  const { heNormal, glorotNormal, truncatedNormal, zeros, ones } = tf.initializers;
  return {
    he: () => heNormal({ seed: next() }),
    heDepthwise: (side) => truncatedNormal({ stddev: Math.sqrt(2) / side, seed: next() }),
    glorot: () => glorotNormal({ seed: next() }),
    normal: (stddev) => truncatedNormal({ stddev, seed: next() }),
    zeros: () => zeros(),
    ones: () => ones(),
    seed: sequence(1),
  };
}

/** A derived seed that TensorFlow.js honours: it takes 0 for none and draws from the clock. */
export function nonZeroSeed(seed: number, ...parts: readonly number[]): number {
  return deriveSeed(seed, ...parts) || 1;
}
