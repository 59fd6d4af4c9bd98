import type { NetworkGraph, ValueId } from '../network/network-graph.js';
import type { Attribute } from './graph-draft.js';
import { GraphDraft } from './graph-draft.js';

type Shape = readonly number[];

/** A network's values on their way into a graph of TensorFlow's operations: the batch is in front of every shape. */
export class GraphScope {
  readonly draft = new GraphDraft();
  readonly #graph: NetworkGraph;
  readonly #nodes = new Map<ValueId, string>();

  constructor(graph: NetworkGraph, input: string) {
    this.#graph = graph;
    this.#nodes.set(graph.input, this.draft.input(input, [-1, ...this.shape(graph.input)]));
  }

  /** Without the batch. */
  shape(value: ValueId): Shape {
    return this.#graph.values[value].shape;
  }

  /** The node that gives a value; constants are made when they are first read. */
  read(value: ValueId): string {
    const known = this.#nodes.get(value);
    if (known !== undefined) return known;
    const { name, shape, data = new Float32Array(0) } = this.#graph.values[value];
    return this.#keep(value, this.draft.constant(this.draft.name(name), shape, data));
  }

  /** The operation that gives a value; gives the node. */
  give(value: ValueId, op: string, inputs: readonly string[], attributes?: Readonly<Record<string, Attribute>>): string {
    return this.#keep(value, this.draft.node(op, this.draft.name(this.#graph.values[value].name), inputs, attributes));
  }

  /** A step towards a value. */
  step(value: ValueId, part: string, op: string, inputs: readonly string[], attributes?: Readonly<Record<string, Attribute>>): string {
    return this.draft.node(op, this.#partOf(value, part), inputs, attributes);
  }

  number(value: ValueId, part: string, number: number): string {
    return this.draft.constant(this.#partOf(value, part), [], Float32Array.of(number));
  }

  ints(value: ValueId, part: string, ints: Shape, shape: Shape = [ints.length]): string {
    return this.draft.constant(this.#partOf(value, part), shape, Int32Array.from(ints));
  }

  #partOf(value: ValueId, part: string): string {
    return this.draft.name(`${this.#graph.values[value].name}/${part}`);
  }

  #keep(value: ValueId, node: string): string {
    this.#nodes.set(value, node);
    return node;
  }
}
