/** AdamW's settings, apart from the learning rate. */
export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled decay of the weights that are not biases, relative to the learning rate. */
  readonly weightDecay: number;
}

/** Everything Adam remembers. */
export interface AdamState {
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  /** beta1 ^ steps, as the running product: kept, since a power computed anew may differ in its last bit. */
  beta1Power: number;
  /** beta2 ^ steps. */
  beta2Power: number;
}

/** A run of weights with one gradient array. */
export interface WeightSlice {
  readonly offset: number;
  readonly length: number;
  /** Biases are not decayed. */
  readonly decays: boolean;
}

/** Adam before its first step. */
export function createAdamState(parameters: number): AdamState {
  return { mean: new Float32Array(parameters), variance: new Float32Array(parameters), beta1Power: 1, beta2Power: 1 };
}

/**
 * One step of AdamW (Loshchilov and Hutter, "Decoupled Weight Decay Regularization") in one pass over plain arrays:
 * what takes eleven element-wise TensorFlow operations a variable is bound by memory here, and its bits do not depend
 * on a library. Changes `weights` and `state`.
 */
export function adamStep(
  weights: Float32Array,
  gradients: readonly Float32Array[],
  slices: readonly WeightSlice[],
  state: AdamState,
  learningRate: number,
  { beta1, beta2, epsilon, weightDecay }: AdamOptions,
): void {
  state.beta1Power *= beta1;
  state.beta2Power *= beta2;
  const rate = learningRate / (1 - state.beta1Power);
  const unbias = 1 / (1 - state.beta2Power);
  const { mean, variance } = state;
  slices.forEach(({ offset, length, decays }, index) => {
    const gradient = gradients[index];
    const keep = decays ? 1 - learningRate * weightDecay : 1;
    for (let i = 0, j = offset; i < length; i++, j++) {
      const g = gradient[i];
      const m = beta1 * mean[j] + (1 - beta1) * g;
      const v = beta2 * variance[j] + (1 - beta2) * g * g;
      mean[j] = m;
      variance[j] = v;
      weights[j] = keep * weights[j] - (rate * m) / (Math.sqrt(v * unbias) + epsilon);
    }
  });
}
