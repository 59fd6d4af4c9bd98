import type { NetworkGraph, NetworkValue, ValueId } from './network-graph.js';
import { inputsOf, renumbered } from './operator-values.js';

/** Drops what does not lead to the output, numbers values as they are first met, and makes their names unique (`x`, `x_2`, ...). */
export function compactGraph(graph: NetworkGraph): NetworkGraph {
  const needed = new Set<ValueId>([graph.output]);
  for (const operator of graph.operators.toReversed()) {
    if (needed.has(operator.output)) for (const input of inputsOf(operator)) needed.add(input);
  }
  const operators = graph.operators.filter(({ output }) => needed.has(output));
  const order = [...new Set([graph.input, ...operators.flatMap((operator) => [...inputsOf(operator), operator.output])])];
  const numbers = new Map(order.map((value, index) => [value, index]));
  const to = (value: ValueId): ValueId => numbers.get(value) ?? 0;
  return {
    values: uniquelyNamed(order.map((value) => graph.values[value])),
    operators: operators.map((operator) => renumbered(operator, to)),
    input: to(graph.input),
    output: to(graph.output),
  };
}

function uniquelyNamed(values: readonly NetworkValue[]): NetworkValue[] {
  const taken = new Set<string>();
  return values.map((value) => {
    let name = value.name;
    for (let count = 2; taken.has(name); count++) name = `${value.name}_${count}`;
    taken.add(name);
    return { ...value, name };
  });
}
