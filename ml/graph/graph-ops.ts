import type { Attribute } from '../../native/tensorflow/attribute.js';
import type { DataType } from '../../native/tensorflow/data-type.js';
import type { Graph, Operation, Output } from '../../native/tensorflow/graph.js';
import { InternalError } from '../../shared/errors.js';

/** TensorFlow's operations, as few of them as the compiler needs, with their usual arguments. */
export interface GraphOps {
  readonly graph: Graph;
  /** An operation by name; element types follow from its inputs. */
  op(type: string, inputs: readonly (Output | readonly Output[])[], attributes?: Readonly<Record<string, Attribute>>): Output;
  /** An array in the graph. */
  constant(data: Float32Array | Int32Array, shape?: readonly number[]): Output;
  /** A number as a float32 scalar, or of another type. */
  scalar(value: number, type?: DataType): Output;
  ints(...values: readonly number[]): Output;
  add(a: Output, b: Output): Output;
  sub(a: Output, b: Output): Output;
  mul(a: Output, b: Output): Output;
  /** The same value as another type; itself when it is that already. */
  cast(x: Output, to: DataType): Output;
  /** One side may be -1. */
  reshape(x: Output, shape: readonly number[]): Output;
  transpose(x: Output, order: readonly number[]): Output;
  /** Mean, Max or Sum along axes. */
  reduce(how: 'Mean' | 'Max' | 'Sum', x: Output, axes: readonly number[], keepDims?: boolean): Output;
  placeholder(name: string, type: DataType, shape: readonly number[]): Output;
  /** Sides of x, -1 for an unknown batch. */
  shape(x: Output): readonly number[];
  /** An operation that is done when all of these are. */
  group(after: readonly Operation[]): Operation;
}

/** The operations that add to a graph. */
export function graphOps(graph: Graph): GraphOps {
  const op: GraphOps['op'] = (type, inputs, attributes = {}) => graph.output(type, { inputs, attributes });
  const constant: GraphOps['constant'] = (data, shape = [data.length]) => {
    const dtype: DataType = data instanceof Float32Array ? 'float32' : 'int32';
    return op('Const', [], { dtype: { type: dtype }, value: { tensor: { shape, data } } });
  };
  const ints: GraphOps['ints'] = (...values) => constant(Int32Array.from(values));
  const ops: GraphOps = {
    graph, op, constant, ints,
    scalar(value, type = 'float32') {
      const number = constant(type === 'int32' ? Int32Array.of(value) : Float32Array.of(value), []);
      return type === 'float32' || type === 'int32' ? number : ops.cast(number, type);
    },
    add: (a, b) => op('AddV2', [a, b]),
    sub: (a, b) => op('Sub', [a, b]),
    mul: (a, b) => op('Mul', [a, b]),
    cast: (x, to) => (graph.typeOf(x) === to ? x : op('Cast', [x], { DstT: { type: to } })),
    reshape: (x, shape) => op('Reshape', [x, ints(...shape)]),
    transpose: (x, order) => op('Transpose', [x, ints(...order)]),
    reduce: (how, x, axes, keepDims = false) => op(how, [x, ints(...axes)], { keep_dims: { bool: keepDims } }),
    placeholder: (name, type, shape) => graph.output('Placeholder', { name, attributes: { dtype: { type }, shape: { shape } } }),
    shape(x) {
      const shape = graph.shapeOf(x);
      if (!shape) throw new InternalError('TensorFlow knows no shape of a value that the compiler made.');
      return shape;
    },
    group: (after) => graph.add('NoOp', { after }),
  };
  return ops;
}
