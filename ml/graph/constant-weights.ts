import type { Output } from '../../native/tensorflow/graph.js';
import type { GraphOps } from './graph-ops.js';
import type { NetworkSurroundings } from './emit-network.js';

/** A weight with its values, named `<layer>/<weight>`. */
interface ConstantWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What surrounds a network that answers with weights that are constants of the graph. */
export function constantWeights(ops: GraphOps, weights: readonly ConstantWeight[], computeType: NetworkSurroundings['computeType'] = 'float32'): NetworkSurroundings {
  const byName = new Map(weights.map((weight) => [weight.name, weight]));
  return {
    ops, training: false, computeType,
    weight(name): Output | undefined {
      const found = byName.get(name);
      return found && ops.constant(found.data, found.shape);
    },
    moveTowards: () => undefined,
    seed: () => ops.ints(0, 0),
  };
}
