import { InvalidModelError } from '../../../shared/errors.js';
import type { JsonObject } from '../../../shared/json.js';
import type { NamedWeight } from '../../graph/inference-graph.js';
import type { NetworkOperation, NetworkOperator, NetworkValue, Reshape, ValueId } from './network-graph.js';
import { operationShape } from './operation-shape.js';
import type { TopologyLayer } from '../../graph/topology.js';

/** What a lowering of a layer has at hand. */
export interface LoweringScope {
  readonly name: string;
  readonly className: string;
  /** The layer's settings, keys in snake_case. */
  readonly config: JsonObject;
  /** The layer's weight of this name. @throws InvalidModelError when it has none. */
  weight(name: string): NamedWeight;
  /** A constant of the layer's. */
  constant(part: string, shape: readonly number[], data: Float32Array): ValueId;
  /** A weight as a constant. @throws as `weight`. */
  weightValue(name: string): ValueId;
  shape(value: ValueId): readonly number[];
  /** Adds an operation. Its value is named `<layer>/<part>`; without a part it is the layer's output. */
  add(operation: Exclude<NetworkOperation, Reshape>, part?: string): ValueId;
  /** Adds a reshape; named as by `add`. */
  reshape(input: ValueId, shape: readonly number[], part?: string): ValueId;
}

/** Adds a layer's operations and gives its output. */
export type Lowering = (scope: LoweringScope, inputs: readonly ValueId[]) => ValueId;

/** The error of a layer with a setting that has no counterpart in the export form. */
export function unexportable({ name, className }: LoweringScope, setting: string, value: unknown): InvalidModelError {
  return new InvalidModelError(`${className} ${name}: ${setting} ${JSON.stringify(value)} cannot be exported. Train the network without it.`);
}

/** A graph in the making: its values and operators grow as layers add theirs. */
export interface GraphDraft {
  readonly values: NetworkValue[];
  readonly operators: NetworkOperator[];
}

/** A layer's hand on the draft. */
export function loweringScope(draft: GraphDraft, weights: ReadonlyMap<string, NamedWeight>, { name: layer, className, config }: TopologyLayer): LoweringScope {
  const { values, operators } = draft;
  const named = (part?: string): string => (part === undefined ? layer : `${layer}/${part}`);
  const shape = (value: ValueId): readonly number[] => values[value].shape;
  const push = (operation: NetworkOperation, given: readonly number[], part?: string): ValueId => {
    const output = values.push({ name: named(part), shape: given }) - 1;
    operators.push({ ...operation, layer, output });
    return output;
  };
  const scope: LoweringScope = {
    name: layer, className, config, shape,
    weight(name) {
      const found = weights.get(`${layer}/${name}`);
      if (!found) throw new InvalidModelError(`${className} ${layer} has no weight ${name}: give all of the network's weights.`);
      return found;
    },
    constant: (part, sides, data) => values.push({ name: named(part), shape: sides, data }) - 1,
    weightValue(name) {
      const { shape: sides, data } = scope.weight(name);
      return scope.constant(name, sides, data);
    },
    add: (operation, part) => push(operation, operationShape(operation, shape), part),
    reshape: (input, sides, part) => push({ type: 'reshape', input }, sides, part),
  };
  return scope;
}
