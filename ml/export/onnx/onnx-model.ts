import { InternalError } from '../../../shared/errors.js';
import { ONNX_ATTRIBUTE, ONNX_ATTRIBUTE_TYPES, ONNX_MODEL_OF_PARTS, ONNX_TYPES } from './onnx-schema.js';
import type { OnnxType } from './onnx-schema.js';
import { encodeOnnxTensor } from './onnx-tensor.js';
import type { OnnxTensor } from './onnx-tensor.js';

/** One value of a node, under the name of the field of AttributeProto that holds it. */
export type OnnxAttribute =
  | { readonly f: number } | { readonly i: number } | { readonly s: string } | { readonly t: OnnxTensor }
  | { readonly floats: ArrayLike<number> } | { readonly ints: ArrayLike<number> } | { readonly strings: readonly string[] };

export interface OnnxNode {
  /** Names of values; '' for an optional input that is left out. */
  readonly inputs: readonly string[];
  /** Names of the values it gives; the first is its own name too. */
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
  /** @default the standard operators */
  readonly domain?: 'ai.onnx.ml';
}

/** What a model says of itself. */
export interface OnnxDescription {
  readonly name: string;
  readonly doc: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** IR 9 came with opset 20, which has Gelu and LayerNormalization; ONNX Runtime reads both since 1.17. */
const IR_VERSION = 9;
const OPSETS = { '': 20, 'ai.onnx.ml': 3 } as const;

/** A side of a value: a number, or the name of one that is known when the model runs: `batch`. */
export type OnnxSide = number | 'batch';

/**
 * A model of ONNX in the making: values are named, each is given by an input, a constant or a node before a node takes it.
 * Every method throws InternalError when a name is taken already or given by nothing.
 */
export class OnnxModel {
  readonly #description: OnnxDescription;
  readonly #known = new Set<string>();
  readonly #taken = new Set<string>();
  readonly #domains = new Set<keyof typeof OPSETS>(['']);
  readonly #graph = { node: [] as object[], initializer: [] as object[], input: [] as object[], output: [] as object[] };

  constructor(description: OnnxDescription) {
    this.#description = description;
  }

  input(name: string, type: OnnxType, shape: readonly OnnxSide[]): string {
    this.#graph.input.push(valueInfo(name, type, shape));
    return this.#give(name);
  }

  /** @throws InternalError when the elements are not as many as the sides say. */
  constant(name: string, tensor: OnnxTensor): string {
    this.#graph.initializer.push(encodeOnnxTensor(name, tensor));
    return this.#give(name);
  }

  /** Adds an operator of that type and returns the name of its first output. */
  node(opType: string, { inputs, outputs, attributes = {}, domain }: OnnxNode): string {
    const [name] = outputs;
    if (name === undefined) throw new InternalError(`The ONNX operator ${opType} gives no value.`);
    for (const input of inputs) if (input !== '') this.#take(input, `${opType} ${name}`);
    for (const output of outputs) this.#give(output);
    this.#domains.add(domain ?? '');
    const attribute = Object.entries(attributes).map(([key, value]) => ONNX_ATTRIBUTE.encode(encodeAttribute(key, value)).finish());
    this.#graph.node.push({ name, opType, input: inputs, output: outputs, attribute, ...(domain && { domain }) });
    return name;
  }

  output(name: string, type: OnnxType, shape: readonly OnnxSide[]): void {
    this.#take(name, 'an output');
    this.#graph.output.push(valueInfo(name, type, shape));
  }

  /**
   * The file. The same model gives the same bytes.
   * @throws InternalError when it has no output, or an input or a constant that nothing takes.
   */
  encode(): Uint8Array {
    const idle = [...this.#graph.input, ...this.#graph.initializer].map((value) => (value as { readonly name: string }).name).filter((name) => !this.#taken.has(name));
    if (idle.length > 0) throw new InternalError(`Nothing in the ONNX model ${this.#description.name} takes ${idle.join(', ')}.`);
    if (this.#graph.output.length === 0) throw new InternalError(`The ONNX model ${this.#description.name} has no output.`);
    return ONNX_MODEL_OF_PARTS.encode({
      irVersion: IR_VERSION,
      producerName: 'digitloom',
      docString: this.#description.doc,
      graph: { ...this.#graph, name: this.#description.name },
      opsetImport: [...this.#domains].map((domain) => ({ domain, version: OPSETS[domain] })),
      metadataProps: Object.entries(this.#description.metadata).map(([key, value]) => ({ key, value })),
    }).finish();
  }

  #give(name: string): string {
    if (name === '' || this.#known.has(name)) throw new InternalError(`The ONNX model ${this.#description.name} names two values "${name}"; expected one, with a name.`);
    this.#known.add(name);
    return name;
  }

  #take(name: string, by: string): void {
    if (!this.#known.has(name)) throw new InternalError(`In the ONNX model ${this.#description.name}, ${by} takes "${name}", which nothing before it gives.`);
    this.#taken.add(name);
  }
}

function valueInfo(name: string, type: OnnxType, shape: readonly OnnxSide[]): object {
  const dim = shape.map((side) => (typeof side === 'number' ? { dimValue: side } : { dimParam: side }));
  return { name, type: { tensorType: { elemType: ONNX_TYPES[type], shape: { dim } } } };
}

function encodeAttribute(name: string, attribute: OnnxAttribute): object {
  const [field] = Object.keys(attribute) as [keyof typeof ONNX_ATTRIBUTE_TYPES];
  const type = ONNX_ATTRIBUTE_TYPES[field];
  const utf8 = new TextEncoder();
  if ('s' in attribute) return { name, type, s: utf8.encode(attribute.s) };
  if ('strings' in attribute) {
    const known = new Map([...new Set(attribute.strings)].map((text) => [text, utf8.encode(text)])); // trees name the kind of every node: few texts, many times
    return { name, type, strings: attribute.strings.map((text) => known.get(text)) };
  }
  if ('t' in attribute) return { name, type, t: encodeOnnxTensor('', attribute.t) };
  return { name, type, ...attribute };
}
