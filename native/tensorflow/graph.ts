import { setAttribute } from './attribute.js';
import type { Attribute } from './attribute.js';
import { dataTypeOf } from './data-type.js';
import type { DataType } from './data-type.js';
import type { OutputStruct, TensorFlowLibrary } from './library.js';
import { readOutputs, writeOutputs } from './output-memory.js';
import { withStatus } from './status.js';

/** An operation of a graph: its address. */
export type Operation = bigint;
/** One of an operation's outputs: an edge of the graph. */
export type Output = OutputStruct;

/** What an operation is made of, beside its type. */
export interface OperationParts {
  /** In the order of the operation's definition; an inner list stands for an input that is a list. */
  readonly inputs?: readonly (Output | readonly Output[])[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** Operations that must have run before. */
  readonly after?: readonly Operation[];
  /** Made unique by a number. @default the operation's type */
  readonly name?: string;
  /** E.g. `/device:CPU:0`; absent: TensorFlow chooses. */
  readonly device?: string;
}

/** A TensorFlow graph under construction. */
export interface Graph {
  readonly library: TensorFlowLibrary;
  readonly address: bigint;
  /**
   * Adds an operation, by its name in TensorFlow's registry.
   * @throws NativeLibraryError in TensorFlow's words for a type, an attribute or a shape that does not fit.
   */
  add(type: string, parts?: OperationParts): Operation;
  /** Adds an operation and gives its first output. */
  output(type: string, parts?: OperationParts): Output;
  /**
   * Adds the gradients of the sum of `ys` with respect to each of `xs` (symbolic, by TensorFlow's registry of gradients in C++).
   * @param upstream gradients of `ys`, one each; absent: ones.
   * @throws NativeLibraryError for an operation without a registered gradient, or an x that no y depends on.
   */
  gradients(ys: readonly Output[], xs: readonly Output[], upstream?: readonly Output[]): Output[];
  /** The inferred shape, -1 for an unknown dimension; undefined when not even the number of axes is known. */
  shapeOf(output: Output): readonly number[] | undefined;
  /** The element type of an output, undefined for one that is not used here. */
  typeOf(output: Output): DataType | undefined;
  /** Frees the graph once its sessions are closed. */
  dispose(): void;
}

/** Builds a graph; one whose building fails is freed. */
export function buildGraph<R>(library: TensorFlowLibrary, build: (graph: Graph) => R): R {
  const graph = createGraph(library);
  try {
    return build(graph);
  } catch (error) {
    graph.dispose();
    throw error;
  }
}

/** An empty graph. */
export function createGraph(library: TensorFlowLibrary): Graph {
  const { functions } = library;
  const address = functions.TF_NewGraph();
  const used = new Map<string, number>();
  const uniqueName = (name: string): string => {
    const count = used.get(name) ?? 0;
    used.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  };

  const graph: Graph = {
    library,
    address,
    add(type, { inputs = [], attributes = {}, after = [], name = type, device } = {}) {
      const description = functions.TF_NewOperation(address, type, uniqueName(name));
      if (device !== undefined) functions.TF_SetDevice(description, device);
      for (const input of inputs) {
        if ('length' in input) functions.TF_AddInputList(description, writeOutputs(input), input.length);
        else functions.TF_AddInput(description, input);
      }
      for (const operation of after) functions.TF_AddControlInput(description, operation);
      for (const [attribute, value] of Object.entries(attributes)) setAttribute(library, description, attribute, value);
      return withStatus(library, `${type} ${name}`, (status) => functions.TF_FinishOperation(description, status));
    },
    output: (type, parts) => ({ oper: graph.add(type, parts), index: 0 }),
    gradients(ys, xs, upstream) {
      const found = writeOutputs(xs);
      const prefix = uniqueName('gradients');
      withStatus(library, 'gradients', (status) => functions.TF_AddGradientsWithPrefix(
        address, prefix, writeOutputs(ys), ys.length, writeOutputs(xs), xs.length, upstream ? writeOutputs(upstream) : null, status, found,
      ));
      return readOutputs(found, xs.length);
    },
    shapeOf(output) {
      const axes = withStatus(library, 'shape', (status) => functions.TF_GraphGetTensorNumDims(address, output, status));
      if (axes < 0) return undefined;
      const shape = new BigInt64Array(new ArrayBuffer(8 * Math.max(1, axes)));
      withStatus(library, 'shape', (status) => functions.TF_GraphGetTensorShape(address, output, shape, axes, status));
      return Array.from(shape.subarray(0, axes), Number);
    },
    typeOf: (output) => dataTypeOf(functions.TF_OperationOutputType(output)),
    dispose: () => void functions.TF_DeleteGraph(address),
  };
  return graph;
}
