import { InternalError } from '../../../shared/errors.js';
import { INT8_MIN } from '../../compression/affine-quantization.js';
import type { AffineQuantization } from '../../compression/affine-quantization.js';
import { shapeSize } from '../../shape-size.js';
import type { NetworkGraph, ValueId } from '../network/network-graph.js';
import { liesAs, ordersAs, permuteElements, rowMajor } from './memory-layout.js';
import type { MemoryLayout } from './memory-layout.js';
import { OnnxModel } from './onnx-model.js';
import type { OnnxAttribute, OnnxDescription } from './onnx-model.js';

/** A value as the model holds it. */
interface Kept {
  readonly name: string;
  /** Without the batch. */
  readonly shape: readonly number[];
  readonly layout: MemoryLayout;
  /** Where it is of uint8: stored one is stored + 128 there. */
  readonly quantization?: AffineQuantization;
}

type Shape = readonly number[];
const NAMED = { input: 'images', output: 'probabilities' };

/**
 * A network's operators on their way into a model of ONNX. Maps stay as convolutions there want them, channels first: the writer knows
 * how each value lies, moves constants to suit when it writes them, and puts in a Transpose only where a reader needs another order.
 */
export class NetworkWriter {
  readonly model: OnnxModel;
  readonly #graph: NetworkGraph;
  readonly #quantizations: ReadonlyMap<ValueId, AffineQuantization>;
  readonly #kept = new Map<ValueId, Kept>();
  readonly #names: Set<string>;
  /** Names of what was made of a value before: of an arrangement, of float32 from uint8. */
  readonly #made = new Map<string, string>();

  /** @param quantizations of the values that are kept in uint8; all others, and all of them where there are none, are float32. */
  constructor(graph: NetworkGraph, description: OnnxDescription, quantizations: ReadonlyMap<ValueId, AffineQuantization> = new Map()) {
    this.model = new OnnxModel(description);
    this.#graph = graph;
    this.#quantizations = quantizations;
    this.#names = new Set(Object.values(NAMED));
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

  /** A name that no value has yet. */
  name(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.#names.has(name); count++) name = `${wanted}_${count}`;
    this.#names.add(name);
    return name;
  }

  /** The name for an operator's result, or for a step towards it. */
  nameOf(value: ValueId, step?: string): string {
    if (step !== undefined) return this.name(`${this.#graph.values[value].name}/${step}`);
    return value === this.#graph.output ? NAMED.output : this.name(this.#graph.values[value].name);
  }

  floats(name: string, dims: Shape, data: Float32Array): string {
    return this.model.constant(this.name(name), { dims, data });
  }

  wholes(name: string, numbers: readonly number[]): string {
    return this.model.constant(this.name(name), { dims: [numbers.length], data: BigInt64Array.from(numbers, BigInt) });
  }

  node(opType: string, inputs: readonly string[], output: string, attributes: Readonly<Record<string, OnnxAttribute>> = {}): string {
    return this.model.node(opType, { inputs, outputs: [output], attributes });
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
    return this.#float(this.#arranged(value, order));
  }

  /** The value as it is kept, of float32 or uint8, with its axes in this order. */
  readKept(value: ValueId, order: Shape): Kept {
    return this.#arranged(value, order);
  }

  /** The value as float32 [batch, elements] as they lie. */
  readFlat(value: ValueId): { readonly name: string; readonly layout: MemoryLayout } {
    const kept = this.#keptOf(value);
    return { name: this.#float(this.#reshaped(kept, [shapeSize(kept.shape)])), layout: kept.layout };
  }

  /** The value as float32 in whatever shape, for what treats each element by itself. */
  readAnyhow(value: ValueId): Kept {
    const kept = this.#keptOf(value);
    return { ...kept, name: this.#float(kept) };
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
  giveLike(value: ValueId, name: string, { shape, layout }: Kept): void {
    this.#keep(value, name, shape, layout);
  }

  /** Keeps a result that is of the same type, in the same scale, as what it was made of. */
  giveKept(value: ValueId, kept: Kept): void {
    this.#kept.set(value, kept);
  }

  /** The same elements under another shape: nothing to do until somebody reads them. */
  giveReshaped(value: ValueId, input: ValueId): void {
    this.#kept.set(value, this.#keptOf(input));
  }

  /** The same elements with the graph's axes in another order: they are moved when somebody reads them so. */
  giveTransposed(value: ValueId, input: ValueId, axes: Shape): void {
    const order = this.orderOf(input);
    const kept = this.#arranged(input, order);
    this.#kept.set(value, { ...kept, layout: { sides: this.shape(value), order: order.map((axis) => axes.indexOf(axis)) } });
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
    if (!quantization) this.#kept.set(value, { name, shape, layout });
    else this.#kept.set(value, { name: this.node('QuantizeLinear', [name, ...this.#scale(quantization)], this.name(`${name}/uint8`)), shape, layout, quantization });
  }

  #float(kept: Kept): string {
    const { name, quantization } = kept;
    if (!quantization) return name;
    return this.#once(`${name} float`, () => this.node('DequantizeLinear', [name, ...this.#scale(quantization)], this.name(`${name}/float`)));
  }

  #scale({ scale, zeroPoint }: AffineQuantization): string[] {
    return [
      this.#once(`scale ${scale}`, () => this.floats('scale', [], Float32Array.of(scale))),
      this.#once(`zero point ${zeroPoint}`, () => this.model.constant(this.name('zero_point'), { dims: [], data: Uint8Array.of(zeroPoint - INT8_MIN) })),
    ];
  }

  #keptOf(value: ValueId): Kept {
    const kept = this.#kept.get(value);
    if (!kept) throw new InternalError(`${this.#graph.values[value].name} is read before it is given, or is a constant where none may be.`);
    return kept;
  }

  #arranged(value: ValueId, order: Shape): Kept {
    const sides = this.shape(value);
    const wanted = order.map((axis) => sides[axis]);
    const kept = this.#keptOf(value);
    if (liesAs(kept.layout, { sides, order })) return this.#reshaped(kept, wanted);
    const { sides: parts, order: places } = kept.layout;
    // By one Transpose where the layout is of these sides or straight, else by way of the row-major order.
    if (parts.join() === sides.join()) return this.#transposed(this.#reshaped(kept, places.map((axis) => sides[axis])), order.map((axis) => places.indexOf(axis)), { sides, order });
    const straight = this.#transposed(this.#reshaped(kept, places.map((axis) => parts[axis])), parts.map((_, axis) => places.indexOf(axis)), rowMajor(parts));
    return liesAs(rowMajor(sides), { sides, order }) ? this.#reshaped(straight, wanted) : this.#transposed(this.#reshaped(straight, sides), order, { sides, order });
  }

  #reshaped(kept: Kept, shape: Shape): Kept {
    if (kept.shape.join() === shape.join()) return kept;
    const sides = shape.join('x');
    const target = (): string => this.#once(`shape ${sides}`, () => this.wholes(`shape_${sides}`, [0, ...shape]));
    return { ...kept, shape, name: this.#once(`${kept.name} as ${sides}`, () => this.node('Reshape', [kept.name, target()], this.name(`${kept.name}/as_${sides}`))) };
  }

  #transposed(kept: Kept, order: Shape, layout: MemoryLayout): Kept {
    if (order.every((axis, place) => axis === place)) return kept;
    const perm = { ints: [0, ...order.map((axis) => axis + 1)] };
    const name = this.#once(`${kept.name} by ${order.join()}`, () => this.node('Transpose', [kept.name], this.name(`${kept.name}/transposed`), { perm }));
    return { ...kept, name, shape: order.map((axis) => kept.shape[axis]), layout };
  }

  #once(key: string, make: () => string): string {
    const name = this.#made.get(key) ?? make();
    this.#made.set(key, name);
    return name;
  }
}

/** A constant of the graph with its axes in this order, as far as they are more than leading ones. */
export function constantIn(writer: NetworkWriter, value: ValueId, data: Float32Array, order: readonly number[]): string {
  const shape = writer.shape(value);
  const full = [...Array.from({ length: order.length - shape.length }, () => 1), ...shape];
  const dims = order.map((axis) => full[axis]);
  const first = dims.findIndex((side) => side !== 1);
  return writer.floats(writer.nameOf(value), first < 0 ? [] : dims.slice(first), permuteElements(data, full, order));
}
