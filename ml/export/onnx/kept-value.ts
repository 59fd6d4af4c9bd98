import { INT8_MIN } from '../../compression/affine-quantization.js';
import type { AffineQuantization } from '../../compression/affine-quantization.js';
import { liesAs, rowMajor } from './memory-layout.js';
import type { MemoryLayout } from './memory-layout.js';
import type { OnnxDraft } from './onnx-draft.js';

type Shape = readonly number[];

/** A value of a network as a model holds it. */
export interface KeptValue {
  readonly name: string;
  /** Without the batch. */
  readonly shape: Shape;
  readonly layout: MemoryLayout;
  /** Where it is of uint8: what int8 stores is stored + 128 there. */
  readonly quantization?: AffineQuantization;
}

/** The value with the axes of an array of these sides in this order: reshaped where it lies so already, else transposed. */
export function arranged(draft: OnnxDraft, kept: KeptValue, sides: Shape, order: Shape): KeptValue {
  const wanted = order.map((axis) => sides[axis]);
  if (liesAs(kept.layout, { sides, order })) return reshaped(draft, kept, wanted);
  const { sides: parts, order: places } = kept.layout;
  const lying = reshaped(draft, kept, places.map((axis) => parts[axis]));
  // By one Transpose where the layout is of these sides or straight, else by way of the row-major order.
  if (parts.join() === sides.join()) return transposed(draft, lying, order.map((axis) => places.indexOf(axis)), { sides, order });
  const straight = transposed(draft, lying, parts.map((_, axis) => places.indexOf(axis)), rowMajor(parts));
  return transposed(draft, reshaped(draft, straight, sides), order, { sides, order });
}

/** The same elements, as they lie, in another shape. */
export function reshaped(draft: OnnxDraft, kept: KeptValue, shape: Shape): KeptValue {
  if (kept.shape.join() === shape.join()) return kept;
  const sides = shape.join('x');
  const target = (): string => draft.once(`shape ${sides}`, () => draft.wholes(`shape_${sides}`, [0, ...shape]));
  return { ...kept, shape, name: draft.once(`${kept.name} as ${sides}`, () => draft.node('Reshape', [kept.name, target()], draft.name(`${kept.name}/as_${sides}`))) };
}

/** The value's name in float32. */
export function asFloat(draft: OnnxDraft, { name, quantization }: KeptValue): string {
  return quantization ? draft.once(`${name} float`, () => draft.node('DequantizeLinear', [name, ...scaleOf(draft, quantization)], draft.name(`${name}/float`))) : name;
}

/** The name of a float32 value in uint8. */
export function asWhole(draft: OnnxDraft, name: string, quantization: AffineQuantization): string {
  return draft.node('QuantizeLinear', [name, ...scaleOf(draft, quantization)], draft.name(`${name}/uint8`));
}

function transposed(draft: OnnxDraft, kept: KeptValue, order: Shape, layout: MemoryLayout): KeptValue {
  if (order.every((axis, place) => axis === place)) return kept;
  const perm = { ints: [0, ...order.map((axis) => axis + 1)] };
  const name = draft.once(`${kept.name} by ${order.join()}`, () => draft.node('Transpose', [kept.name], draft.name(`${kept.name}/transposed`), { perm }));
  return { ...kept, name, shape: order.map((axis) => kept.shape[axis]), layout };
}

function scaleOf(draft: OnnxDraft, { scale, zeroPoint }: AffineQuantization): string[] {
  return [
    draft.once(`scale ${scale}`, () => draft.floats('scale', [], Float32Array.of(scale))),
    draft.once(`zero point ${zeroPoint}`, () => draft.model.constant(draft.name('zero_point'), { dims: [], data: Uint8Array.of(zeroPoint - INT8_MIN) })),
  ];
}
