import { InternalError } from '../../../shared/errors.js';
import { shapeSize } from '../../shape-size.js';
import { SAVED_MODEL, TENSORFLOW_TYPES } from './saved-model-schema.js';
import type { TensorFlowType } from './saved-model-schema.js';

type Shape = readonly number[];

/** One value of an operation's attribute, under the name of the field of AttrValue that holds it. */
export type Attribute = { readonly f: number } | { readonly b: boolean } | { readonly i: number } | { readonly s: string } | { readonly ints: Shape } | { readonly type: TensorFlowType };

/** A tensor that goes in or comes out, by its name in a signature. */
interface Port {
  readonly node: string;
  readonly type: TensorFlowType;
  /** -1 where a side is known when the model runs. */
  readonly shape: Shape;
}
/** What can be asked of a SavedModel. */
interface Signature {
  readonly inputs: Readonly<Record<string, Port>>;
  readonly outputs: Readonly<Record<string, Port>>;
}

/** As TensorFlow 2.21 numbers its graphs; any consumer may read them. */
const VERSIONS = { producer: 2474 };
const METHOD = 'tensorflow/serving/predict';

/** A graph of TensorFlow's operations in the making, weights as constants: each node is named once and takes what is before it. */
export class GraphDraft {
  readonly #nodes: object[] = [];
  readonly #names = new Set<string>();

  /** A name that no node has, as TensorFlow wants names. */
  name(wanted: string): string {
    const plain = wanted.replace(/[^A-Za-z0-9_./-]/g, '_').replace(/^(?![A-Za-z0-9.])/, 'n');
    for (let number = 0; ; number++) {
      const name = number === 0 ? plain : `${plain}_${number}`;
      if (!this.#names.has(name)) return name;
    }
  }

  /** Adds an operation on float32 (its attribute T) and gives its name. */
  node(op: string, name: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    return this.#add(op, name, inputs, { T: { type: 'float' }, ...attributes });
  }

  input(name: string, shape: Shape): string {
    return this.#give(name, { name, op: 'Placeholder', attr: { dtype: { type: TENSORFLOW_TYPES.float }, shape: { shape: shapeOf(shape) } } });
  }

  /** @throws InternalError when the numbers are not as many as the sides say. */
  constant(name: string, shape: Shape, data: Float32Array | Int32Array): string {
    if (data.length !== shapeSize(shape)) throw new InternalError(`The constant ${name} has ${data.length} numbers for the sides [${shape.join(', ')}].`);
    const type = data instanceof Float32Array ? 'float' : 'int32';
    return this.#constant(name, type, shape, { tensorContent: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) });
  }

  text(name: string, text: string): string {
    return this.#constant(name, 'string', [], { stringVal: [new TextEncoder().encode(text)] });
  }

  /** `saved_model.pb` with these signatures, tagged `serve`. */
  encode(signatures: Readonly<Record<string, Signature>>): Uint8Array {
    const signatureDef = Object.fromEntries(Object.entries(signatures).map(([name, { inputs, outputs }]) => [name, { inputs: portsOf(inputs), outputs: portsOf(outputs), methodName: METHOD }]));
    const metaGraph = { metaInfoDef: { tags: ['serve'], strippedDefaultAttrs: true }, graphDef: { node: this.#nodes, versions: VERSIONS }, signatureDef };
    return SAVED_MODEL.encode({ savedModelSchemaVersion: 1, metaGraphs: [metaGraph] }).finish();
  }

  #constant(name: string, type: TensorFlowType, shape: Shape, content: object): string {
    const dtype = TENSORFLOW_TYPES[type];
    return this.#give(name, { name, op: 'Const', attr: { dtype: { type: dtype }, value: { tensor: { dtype, tensorShape: shapeOf(shape), ...content } } } });
  }

  #add(op: string, name: string, input: readonly string[], attributes: Readonly<Record<string, Attribute>>): string {
    const unknown = input.find((from) => !this.#names.has(from));
    if (unknown !== undefined) throw new InternalError(`${op} ${name} takes ${unknown}, which nothing before it gives.`);
    return this.#give(name, { name, op, input, attr: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, encoded(value)])) });
  }

  #give(name: string, node: object): string {
    if (this.#names.has(name)) throw new InternalError(`Two nodes are named ${name}; expected one.`);
    this.#names.add(name);
    this.#nodes.push(node);
    return name;
  }
}

function encoded(value: Attribute): object {
  if ('ints' in value) return { list: { i: value.ints } };
  if ('type' in value) return { type: TENSORFLOW_TYPES[value.type] };
  return 's' in value ? { s: new TextEncoder().encode(value.s) } : value;
}

function portsOf(ports: Readonly<Record<string, Port>>): object {
  return Object.fromEntries(Object.entries(ports).map(([name, { node, type, shape }]) => [name, { name: `${node}:0`, dtype: TENSORFLOW_TYPES[type], tensorShape: shapeOf(shape) }]));
}

function shapeOf(shape: Shape): object {
  return { dim: shape.map((size) => ({ size })) };
}
