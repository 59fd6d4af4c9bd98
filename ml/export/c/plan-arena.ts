import { shapeSize } from '../../shape-size.js';
import type { NetworkGraph, ValueId } from '../network/network-graph.js';
import { inputsOf } from '../network/operator-values.js';

/** Where each activation lies in one array of floats. */
export interface ArenaPlan {
  readonly size: number;
  /** The first float of a value, none where it lies in the network's input. A reshaped value lies where it came from. */
  offsetOf(value: ValueId): number | undefined;
}

interface Tenant { readonly from: number; readonly to: number; readonly last: number }

/**
 * Gives activations places that are used again once nothing reads them: each takes the lowest gap that holds it. The input is not in the arena.
 */
export function planArena({ values, operators, input, output }: NetworkGraph): ArenaPlan {
  const homes = new Map<ValueId, ValueId>();
  const homeOf = (value: ValueId): ValueId => homes.get(value) ?? value;
  for (const operator of operators) if (operator.type === 'reshape') homes.set(operator.output, homeOf(operator.input));
  const lastRead = new Map<ValueId, number>();
  operators.forEach((operator, at) => inputsOf(operator).forEach((value) => lastRead.set(homeOf(value), at)));
  lastRead.set(homeOf(output), operators.length);

  const offsets = new Map<ValueId, number>();
  let tenants: Tenant[] = [];
  let size = 0;
  operators.forEach((operator, at) => {
    const home = homeOf(operator.output);
    if (home === input || offsets.has(home)) return;
    tenants = tenants.filter(({ last }) => last >= at).sort((a, b) => a.from - b.from);
    const length = shapeSize(values[home].shape);
    let from = 0;
    for (const tenant of tenants) {
      if (tenant.from - from >= length) break;
      from = Math.max(from, tenant.to);
    }
    offsets.set(home, from);
    tenants.push({ from, to: from + length, last: lastRead.get(home) ?? at });
    size = Math.max(size, from + length);
  });
  return { size, offsetOf: (value) => offsets.get(homeOf(value)) };
}
