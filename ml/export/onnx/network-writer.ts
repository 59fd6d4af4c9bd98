import { InternalError, InvalidModelError } from '../../../shared/errors.js';
import type { AffineQuantization } from '../../compression/affine-quantization.js';
import { shapeSize } from '../../shape-size.js';
import { FEWEST_COMPRESSED } from '../fewest-compressed.js';
import { HALF_LIMIT, toHalfBits } from '../half-precision.js';
import type { NetworkGraph, ValueId } from '../network/network-graph.js';
import { arranged, asFloat, asWhole, reshaped } from './kept-value.js';
import type { KeptValue } from './kept-value.js';
import { ordersAs, permuteElements, rowMajor } from './memory-layout.js';
import type { MemoryLayout } from './memory-layout.js';
import { OnnxDraft } from './onnx-draft.js';
import type { OnnxDescription } from './onnx-model.js';
import { ONNX_TYPES } from './onnx-schema.js';

type Shape = readonly number[];

/** How constants are kept: float16, and int8 (of products only, one scale for each output), are widened when a session is opened. */
export type OnnxStorage = 'float32' | 'float16' | 'int8';

/** What a network is written as; of nothing said, float32. */
export interface WriterOptions {
  /** Of the values that are kept in uint8. */
  readonly quantizations?: ReadonlyMap<ValueId, AffineQuantization>;
  readonly storage?: OnnxStorage;
}

const NAMED = { input: 'images', output: 'probabilities' };

/**
 * A network's operators on their way into a model of ONNX. Maps stay as convolutions there want them, channels first: the writer knows
 * how each value lies, moves constants to suit when it writes them, and puts in a Transpose only where a reader needs another order.
 */
export class NetworkWriter extends OnnxDraft {
  readonly #graph: NetworkGraph;
  readonly #quantizations: ReadonlyMap<ValueId, AffineQuantization>;
  readonly #kept = new Map<ValueId, KeptValue>();
  readonly storage: OnnxStorage;

  constructor(graph: NetworkGraph, description: OnnxDescription, { quantizations = new Map(), storage = 'float32' }: WriterOptions = {}) {
    super(description, Object.values(NAMED));
    this.storage = storage;
    this.#graph = graph;
    this.#quantizations = quantizations;
    const shape = this.shape(graph.input);
    this.model.input(NAMED.input, 'float', ['batch', ...shape]);
    this.#keep(graph.input, NAMED.input, shape, rowMajor(shape));
  }

  shape(value: ValueId): Shape {
    return this.#graph.values[value].shape;
  }

  data(value: ValueId): Float32Array | undefined {
    return this.#graph.values[value].data;
  }

  override floats(name: string, dims: readonly number[], data: Float32Array): string {
    return this.stored(this.name(name), dims, data);
  }

  /**
   * A constant under a name that `name` gave, in float16 where constants are kept so; gives the name of its float32 form.
   * @throws InvalidModelError for a number that float16 cannot hold.
   */
  stored(name: string, dims: readonly number[], data: Float32Array): string {
    if (this.storage !== 'float16' || data.length < FEWEST_COMPRESSED) return this.model.constant(name, { dims, data });
    const beyond = data.find((number) => !(Math.abs(number) < HALF_LIMIT));
    if (beyond !== undefined) throw new InvalidModelError(`'${name}' holds ${beyond}; expected numbers below ${HALF_LIMIT}. Choose float32.`);
    return this.widened(this.model.constant(name, { dims, data: toHalfBits(data) }));
  }

  /** A constant of fewer bits as float32: by a Cast, which ONNX Runtime does once, when the session is opened. */
  widened(constant: string): string {
    return this.node('Cast', [constant], this.name(`${constant}/float`), { to: { i: ONNX_TYPES.float } });
  }

  /** The name for an operator's result, for a constant, or for a step towards a result. */
  nameOf(value: ValueId, step?: string): string {
    if (step !== undefined) return this.name(`${this.#graph.values[value].name}/${step}`);
    return value === this.#graph.output ? NAMED.output : this.name(this.#graph.values[value].name);
  }

  /** An order of the value's axes in which it can be read without transposing, if there is one; else the order of the graph. */
  orderOf(value: ValueId): Shape {
    const shape = this.shape(value);
    const kept = this.#keptOf(value);
    const orders = ordersAs(shape, kept.layout);
    return orders.find((order) => order.map((axis) => shape[axis]).join() === kept.shape.join()) ?? orders[0] ?? rowMajor(shape).order;
  }

  /** The value as float32 [batch, ...] with its axes in this order. */
  read(value: ValueId, order: Shape): string {
    return asFloat(this, this.readKept(value, order));
  }

  /** The value as it is kept, of float32 or uint8, with its axes in this order. */
  readKept(value: ValueId, order: Shape): KeptValue {
    return arranged(this, this.#keptOf(value), this.shape(value), order);
  }

  /** The value as float32 [batch, elements] as they lie. */
  readFlat(value: ValueId): { readonly name: string; readonly layout: MemoryLayout } {
    const kept = this.#keptOf(value);
    return { name: asFloat(this, reshaped(this, kept, [shapeSize(kept.shape)])), layout: kept.layout };
  }

  /** The value as float32 in whatever shape, for what treats each element by itself. */
  readAnyhow(value: ValueId): KeptValue {
    const kept = this.#keptOf(value);
    return { ...kept, name: asFloat(this, kept) };
  }

  /** What the value is kept in, when it is kept in uint8. */
  quantizationOf(value: ValueId): AffineQuantization | undefined {
    return this.#keptOf(value).quantization;
  }

  /** Keeps an operator's result of float32 whose axes are in this order. */
  give(value: ValueId, name: string, order: Shape): void {
    const sides = this.shape(value);
    this.#keep(value, name, order.map((axis) => sides[axis]), { sides, order });
  }

  /** Keeps a result of float32 that lies as another value does. */
  giveLike(value: ValueId, name: string, { shape, layout }: KeptValue): void {
    this.#keep(value, name, shape, layout);
  }

  /** Keeps a result that is of the same type, in the same scale, as what it was made of. */
  giveKept(value: ValueId, kept: KeptValue): void {
    this.#kept.set(value, kept);
  }

  /** The same elements under another shape: nothing to do until somebody reads them. */
  giveReshaped(value: ValueId, input: ValueId): void {
    this.#kept.set(value, this.#keptOf(input));
  }

  /** The same elements with the graph's axes in another order: they are moved when somebody reads them so. */
  giveTransposed(value: ValueId, input: ValueId, axes: Shape): void {
    const order = this.orderOf(input);
    this.#kept.set(value, { ...this.readKept(input, order), layout: { sides: this.shape(value), order: order.map((axis) => axes.indexOf(axis)) } });
  }

  /** @throws InternalError for a graph whose output is no vector given by an operator. */
  encode(): Uint8Array {
    const { output } = this.#graph;
    if (this.read(output, [0]) !== NAMED.output) throw new InternalError('The network to export does not end in an operator that gives a vector.');
    this.model.output(NAMED.output, 'float', ['batch', ...this.shape(output)]);
    return this.model.encode();
  }

  #keep(value: ValueId, name: string, shape: Shape, layout: MemoryLayout): void {
    const quantization = this.#quantizations.get(value);
    this.#kept.set(value, quantization ? { name: asWhole(this, name, quantization), shape, layout, quantization } : { name, shape, layout });
  }

  #keptOf(value: ValueId): KeptValue {
    const kept = this.#kept.get(value);
    if (!kept) throw new InternalError(`${this.#graph.values[value].name} is read before it is given, or is a constant where none may be.`);
    return kept;
  }
}

/** A constant of the graph with its axes in this order, as far as they are more than leading ones. */
export function constantIn(writer: NetworkWriter, value: ValueId, data: Float32Array, order: Shape): string {
  const shape = writer.shape(value);
  const full = [...Array.from({ length: order.length - shape.length }, () => 1), ...shape];
  const dims = order.map((axis) => full[axis]);
  const first = dims.findIndex((side) => side !== 1);
  return writer.floats(writer.nameOf(value), first < 0 ? [] : dims.slice(first), permuteElements(data, full, order));
}
