import { quantizeKernel } from '../../../compression/quantize-kernel.js';
import { axisQuantization } from '../../../compression/tensor-quantization.js';
import type { Conv2d, Dense, DepthwiseConv2d, NetworkGraph, ValueId } from '../../network/network-graph.js';
import { FEWEST_COMPRESSED } from '../../fewest-compressed.js';
import { toHalfBits } from '../../half-precision.js';
import { outputsFirst } from './outputs-first.js';
import type { TfliteDraft } from './tflite-draft.js';
import type { OperatorSettings, TfliteScope } from './tflite-scope.js';
import { weightLayout } from './weight-layout.js';

/** How constants are kept; `int8` and `int4` are those of products only, one scale for each output. */
export type ConstantStorage = 'float32' | 'float16' | 'int8' | 'int4';

/** Writes operations with float32 activations. */
export class FloatScope implements TfliteScope {
  readonly storesWeightsAlone: boolean;
  private readonly tensors = new Map<ValueId, number>();
  private readonly graph: NetworkGraph;
  private readonly draft: TfliteDraft;
  private readonly storage: ConstantStorage;
  private readonly fromElsewhere: (value: ValueId) => number;

  /** @param fromElsewhere gives the float32 tensor of an activation that was not written here. */
  constructor(graph: NetworkGraph, draft: TfliteDraft, storage: ConstantStorage, fromElsewhere: (value: ValueId) => number) {
    this.graph = graph;
    this.draft = draft;
    this.storage = storage;
    this.fromElsewhere = fromElsewhere;
    this.storesWeightsAlone = storage === 'int8' || storage === 'int4';
  }

  shape(value: ValueId): readonly number[] {
    return this.graph.values[value].shape;
  }

  has(value: ValueId): boolean {
    return this.tensors.has(value);
  }

  read(value: ValueId): number {
    const known = this.tensors.get(value);
    if (known !== undefined) return known;
    const { name, shape, data } = this.graph.values[value];
    const tensor = data ? this.constant(name, shape.length === 0 ? [1] : shape, data) : this.fromElsewhere(value);
    this.tensors.set(value, tensor);
    return tensor;
  }

  readLike(value: ValueId): number {
    return this.read(value);
  }

  weights(product: Conv2d | DepthwiseConv2d | Dense): readonly [number, number] {
    const { name, shape, kernel, bias, dimension, outputsFirst: isTurned } = weightLayout(this.graph, product);
    const turned = <T extends Float32Array | Int8Array>(numbers: T): T => (isTurned ? outputsFirst(numbers, bias.length) : numbers);
    const biasTensor = (): number => (product.bias === undefined ? this.constant(`${name}/bias`, [bias.length], bias) : this.read(product.bias));
    if (!this.storesWeightsAlone || kernel.length < FEWEST_COMPRESSED) return [this.constant(name, shape, turned(kernel)), biasTensor()];
    const type = this.storage === 'int4' && product.type !== 'depthwiseConv2d' ? 'int4' : 'int8'; // LiteRT has no depthwise kernel of float32 and int4
    const { stored, scales } = quantizeKernel(kernel, bias.length, type === 'int8' ? 8 : 4);
    return [this.draft.add({ name, shape, type, data: turned(stored), quantization: axisQuantization(scales, dimension) }), biasTensor()];
  }

  write(value: ValueId): number {
    const tensor = this.draft.addActivation(value, { type: 'float32' });
    this.tensors.set(value, tensor);
    return tensor;
  }

  temporary(name: string, shape: readonly number[]): number {
    return this.draft.add({ name, shape: [1, ...shape], type: 'float32' });
  }

  number(name: string, value: number): number {
    return this.draft.add({ name, shape: [1], type: 'float32', data: Float32Array.of(value) });
  }

  integers(name: string, shape: readonly number[], values: readonly number[]): number {
    return this.draft.addIntegers(name, shape, values);
  }

  emit(settings: OperatorSettings, inputs: readonly number[], output: number): void {
    this.draft.emit(settings, inputs, output);
  }

  private constant(name: string, shape: readonly number[], data: Float32Array): number {
    if (this.storage !== 'float16' || data.length < FEWEST_COMPRESSED) return this.draft.add({ name, shape, type: 'float32', data });
    const half = this.draft.add({ name: `${name}/half`, shape, type: 'float16', data: toHalfBits(data) });
    const whole = this.draft.add({ name, shape, type: 'float32' });
    this.draft.emit({ type: 'dequantize' }, [half], whole);
    return whole;
  }
}
