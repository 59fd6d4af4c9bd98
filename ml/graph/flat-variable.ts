import type { Operation, Output } from '../../native/tensorflow/graph.js';
import type { GraphOps } from './graph-ops.js';
import type { WeightPlace } from './weight-layout.js';

/** A float32 vector that lives in the session from run to run. */
export interface FlatVariable {
  readonly name: string;
  readonly length: number;
  readonly handle: Output;
  /** Its value, after the operations named. */
  read(after?: readonly Operation[]): Output;
  assign(value: Output, after?: readonly Operation[]): Operation;
  /** Subtracts from it in place. */
  subtract(value: Output, after?: readonly Operation[]): Operation;
  /** Feeds `placeholder`'s value into it. */
  readonly placeholder: Output;
  readonly load: Operation;
}

/** Adds a variable of so many numbers. */
export function flatVariable({ graph, placeholder }: GraphOps, name: string, length: number): FlatVariable {
  const dtype = { type: 'float32' } as const;
  const handle = graph.output('VarHandleOp', { name, attributes: { dtype, shape: { shape: [length] }, shared_name: { text: name } } });
  const change = (type: string) => (value: Output, after: readonly Operation[] = []): Operation =>
    graph.add(type, { inputs: [handle, value], attributes: { dtype }, after });
  const assign = change('AssignVariableOp');
  const value = placeholder(`${name}/value`, 'float32', [length]);
  return {
    name, length, handle, assign,
    subtract: change('AssignSubVariableOp'),
    read: (after = []) => graph.output('ReadVariableOp', { inputs: [handle], attributes: { dtype }, after }),
    placeholder: value,
    load: assign(value),
  };
}

/** The parts of a flat vector, by their names, in their shapes. */
export function splitPlaces({ op, ints, reshape, scalar }: GraphOps, flat: Output, places: readonly WeightPlace[]): ReadonlyMap<string, Output> {
  if (places.length === 0) return new Map();
  const lengths = places.map(({ length }) => length);
  const parts = places.length === 1 ? flat : op('SplitV', [flat, ints(...lengths), scalar(0, 'int32')], { num_split: { int: places.length }, Tlen: { type: 'int32' } });
  return new Map(places.map(({ name, shape }, index) => [name, reshape({ oper: parts.oper, index }, shape)]));
}

/** Puts parts, one for each place in order, into one flat vector. */
export function joinPlaces({ op, reshape, scalar }: GraphOps, parts: readonly Output[], places: readonly WeightPlace[]): Output {
  const flat = parts.map((part, i) => reshape(part, [places[i].length]));
  return flat.length === 1 ? flat[0] : op('ConcatV2', [flat, scalar(0, 'int32')]);
}
