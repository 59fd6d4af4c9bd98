/** What an activation gives of a float v, in C; `alpha` is its own number as a literal. */
export const ACTIVATIONS: Readonly<Record<string, (alpha: string) => string>> = {
  relu: () => 'v > 0.0f ? v : 0.0f',
  relu6: () => 'v < 0.0f ? 0.0f : v > 6.0f ? 6.0f : v',
  elu: (alpha) => `v > 0.0f ? v : ${alpha} * expm1f(v)`,
  selu: () => '1.05070098f * (v > 0.0f ? v : 1.67326324f * expm1f(v))',
  sigmoid: () => '1.0f / (1.0f + expf(-v))',
  tanh: () => 'tanhf(v)',
  softplus: () => '(v > 0.0f ? v : 0.0f) + log1pf(expf(-fabsf(v)))',
  swish: () => 'v / (1.0f + expf(-v))',
  gelu: () => '0.5f * v * (1.0f + erff(v * 0.707106781f))',
  hardSigmoid: () => 'v < -2.5f ? 0.0f : v > 2.5f ? 1.0f : 0.2f * v + 0.5f',
  leakyRelu: (alpha) => `v > 0.0f ? v : ${alpha} * v`,
};
