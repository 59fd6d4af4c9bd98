import type { NetworkGraph, NetworkOperator, NetworkValue } from '../../../../ml/export/network/network-graph.js';

/** Pixels [2, 2, 1], flattened, through four hidden units to three classes, with weights that can be followed. */
export const TWO_LAYERS: NetworkGraph = {
  values: [
    { name: 'pixels', shape: [2, 2, 1] },
    { name: 'flat', shape: [4] },
    { name: 'hidden/kernel', shape: [4, 20], data: Float32Array.from({ length: 80 }, (_, i) => Math.sin(i + 1) / 2) },
    { name: 'hidden/bias', shape: [20], data: Float32Array.from({ length: 20 }, (_, i) => (i - 10) / 32) },
    { name: 'hidden', shape: [20] },
    { name: 'digits/kernel', shape: [20, 3], data: Float32Array.from({ length: 60 }, (_, i) => ((i % 5) - 2) / 4) },
    { name: 'logits', shape: [3] },
    { name: 'digits', shape: [3] },
  ],
  operators: [
    { type: 'reshape', input: 0, layer: 'flat', output: 1 },
    { type: 'dense', input: 1, kernel: 2, bias: 3, activation: 'relu', layer: 'hidden', output: 4 },
    { type: 'dense', input: 4, kernel: 5, activation: 'linear', layer: 'digits', output: 6 },
    { type: 'softmax', input: 6, layer: 'digits', output: 7 },
  ],
  input: 0,
  output: 7,
};

/** The same with another value or operator in its place. */
export function twoLayersWith(changed: { readonly value?: readonly [at: number, value: NetworkValue]; readonly operator?: readonly [at: number, operator: NetworkOperator] }): NetworkGraph {
  const { values, operators } = TWO_LAYERS;
  return {
    ...TWO_LAYERS,
    values: changed.value ? values.with(...changed.value) : values,
    operators: changed.operator ? operators.with(...changed.operator) : operators,
  };
}
