import type { Conv2d, Dense, DepthwiseConv2d, NetworkGraph, NetworkOperator, NetworkValue, ValueId } from './network-graph.js';
import { inputsOf } from './operator-values.js';

type Product = (Conv2d | DepthwiseConv2d | Dense) & { readonly layer: string; readonly output: ValueId };

/**
 * Takes what follows a linear product, and reads it alone, into the product: a multiplication or an addition of a constant for each
 * channel (batch normalisation) into its weights, a relu or relu6 as its activation. The value keeps the name that it has behind all
 * of these. Constants that are no longer read stay in `values`.
 */
export function mergeIntoProducts(graph: NetworkGraph): NetworkGraph {
  const values = [...graph.values];
  const operators: NetworkOperator[] = [];
  const uses = new Map<ValueId, number>([[graph.output, 1]]);
  for (const input of graph.operators.flatMap(inputsOf)) uses.set(input, (uses.get(input) ?? 0) + 1);
  const madeBy = new Map<ValueId, number>();
  for (const operator of graph.operators) {
    const [read] = inputsOf(operator);
    const at = uses.get(read) === 1 ? madeBy.get(read) : undefined;
    const before = at === undefined ? undefined : operators[at];
    const merged = before !== undefined && isProduct(before) && before.activation === 'linear' ? merge(values, before, operator) : undefined;
    if (merged !== undefined && at !== undefined) operators[at] = { ...merged, output: operator.output };
    else operators.push(operator);
    madeBy.set(operator.output, merged !== undefined && at !== undefined ? at : operators.length - 1);
  }
  return { ...graph, values, operators };
}

function isProduct(operator: NetworkOperator): operator is Product {
  return operator.type === 'conv2d' || operator.type === 'depthwiseConv2d' || operator.type === 'dense';
}

/** The product with what follows it; undefined where it stays by itself. */
function merge(values: NetworkValue[], product: Product, next: NetworkOperator): Product | undefined {
  if (next.type === 'activation') return next.kind === 'relu' || next.kind === 'relu6' ? { ...product, activation: next.kind } : undefined;
  if (next.type !== 'multiply' && next.type !== 'add') return undefined;
  const channels = values[product.output].shape.at(-1) ?? 1;
  const { shape, data } = values[next.b];
  if (data === undefined || shape.length !== 1 || shape[0] !== channels) return undefined;
  const bias = product.bias === undefined ? undefined : values[product.bias];
  const changed = (value: Pick<NetworkValue, 'name' | 'shape'>, number: (i: number) => number): ValueId =>
    values.push({ name: value.name, shape: value.shape, data: Float32Array.from({ length: value.shape.reduce((size, side) => size * side, 1) }, (_, i) => number(i)) }) - 1;
  const biasAt = (i: number): number => bias?.data?.[i] ?? 0;
  if (next.type === 'add') return { ...product, bias: changed({ name: `${product.layer}/bias`, shape }, (i) => biasAt(i) + data[i]) };
  const kernel = values[product.kernel];
  // Channels are a kernel's last side, or the last but one before a 1: either way they come round with the row-major index.
  return {
    ...product,
    kernel: changed(kernel, (i) => (kernel.data?.[i] ?? 0) * data[i % channels]),
    ...(bias ? { bias: changed(bias, (i) => biasAt(i) * data[i]) } : {}),
  };
}
