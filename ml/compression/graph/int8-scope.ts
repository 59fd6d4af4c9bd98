import { InternalError } from '../../../shared/errors.js';
import type { Conv2d, Dense, DepthwiseConv2d, NetworkGraph, ValueId } from '../../export/network/network-graph.js';
import { outputsFirst } from '../../export/tflite/network/outputs-first.js';
import type { TfliteDraft } from '../../export/tflite/network/tflite-draft.js';
import type { OperatorSettings, TfliteScope } from '../../export/tflite/network/tflite-scope.js';
import { weightLayout } from '../../export/tflite/network/weight-layout.js';
import { affineQuantization, quantize, SOFTMAX_QUANTIZATION } from '../affine-quantization.js';
import type { AffineQuantization } from '../affine-quantization.js';
import { quantizeBias, quantizeProduct } from '../quantize-weights.js';
import { axisQuantization, tensorQuantization } from '../tensor-quantization.js';

/** What an int8 scope is given. */
export interface Int8Setting {
  readonly graph: NetworkGraph;
  readonly draft: TfliteDraft;
  /** Of an activation. */
  readonly quantizationOf: (value: ValueId) => AffineQuantization;
  readonly weightBits: 8 | 4;
  /** The float32 tensor of an activation that was not written here, if it has one. */
  readonly floatTensor: (value: ValueId) => number;
}

/** Writes operations with int8 activations and weights of whole numbers. */
export class Int8Scope implements TfliteScope {
  readonly storesWeightsAlone = false;
  private readonly tensors = new Map<ValueId, number>();
  private readonly setting: Int8Setting;

  constructor(setting: Int8Setting) {
    this.setting = setting;
  }

  shape(value: ValueId): readonly number[] {
    return this.setting.graph.values[value].shape;
  }

  read(value: ValueId): number {
    const known = this.tensors.get(value);
    if (known !== undefined) return known;
    const { data } = this.setting.graph.values[value];
    const tensor = data ? this.constant(value, data, affineQuantization(least(data), -least(data.map((number) => -number)))) : this.fromFloat(value);
    this.tensors.set(value, tensor);
    return tensor;
  }

  readLike(value: ValueId, other: ValueId): number {
    const { graph, draft, quantizationOf } = this.setting;
    const { name, shape, data } = graph.values[value];
    const wanted = quantizationOf(other);
    if (data) return this.constant(value, data, wanted);
    const tensor = this.read(value);
    const { scale, zeroPoint } = quantizationOf(value);
    if (scale === wanted.scale && zeroPoint === wanted.zeroPoint) return tensor;
    const rescaled = draft.add({ name: `${name}/rescaled`, shape: [1, ...shape], type: 'int8', quantization: tensorQuantization(wanted) });
    draft.emit({ type: 'quantize' }, [tensor], rescaled);
    return rescaled;
  }

  weights(product: Conv2d | DepthwiseConv2d | Dense): readonly [number, number] {
    const { graph, draft, quantizationOf, weightBits } = this.setting;
    const { name, shape, kernel, bias, dimension, outputsFirst: isTurned } = weightLayout(graph, product);
    const { scale } = quantizationOf(product.input);
    const { stored, scales } = quantizeProduct(kernel, bias, scale, weightBits);
    const type = weightBits === 8 ? 'int8' : 'int4';
    return [
      draft.add({ name, shape, type, data: isTurned ? outputsFirst(stored, bias.length) : stored, quantization: axisQuantization(scales, dimension) }),
      draft.add({
        name: product.bias === undefined ? `${name}/bias` : graph.values[product.bias].name,
        shape: [bias.length],
        type: 'int32',
        data: quantizeBias(bias, scales, scale),
        quantization: axisQuantization(scales.map((weight) => weight * scale), 0),
      }),
    ];
  }

  write(value: ValueId): number {
    const { draft, quantizationOf } = this.setting;
    const tensor = draft.addActivation(value, { type: 'int8', quantization: tensorQuantization(quantizationOf(value)) });
    this.tensors.set(value, tensor);
    return tensor;
  }

  temporary(name: string, shape: readonly number[], kind: 'real' | 'share'): number {
    if (kind === 'real') throw new InternalError(`'${name}' has no range: operations with steps of unknown size are computed in float32.`);
    return this.setting.draft.add({ name, shape: [1, ...shape], type: 'int8', quantization: tensorQuantization(SOFTMAX_QUANTIZATION) });
  }

  number(name: string): number {
    throw new InternalError(`'${name}' is a float32 number among int8.`);
  }

  integers(name: string, shape: readonly number[], values: readonly number[]): number {
    return this.setting.draft.addIntegers(name, shape, values);
  }

  emit(settings: OperatorSettings, inputs: readonly number[], output: number): void {
    this.setting.draft.emit(settings, inputs, output);
  }

  private constant(value: ValueId, data: Float32Array, affine: AffineQuantization): number {
    const { name, shape } = this.setting.graph.values[value];
    const stored = Int8Array.from(data, (number) => quantize(number, affine));
    return this.setting.draft.add({ name, shape: shape.length === 0 ? [1] : shape, type: 'int8', data: stored, quantization: tensorQuantization(affine) });
  }

  private fromFloat(value: ValueId): number {
    const tensor = this.write(value);
    this.setting.draft.emit({ type: 'quantize' }, [this.setting.floatTensor(value)], tensor);
    return tensor;
  }
}

function least(numbers: Float32Array): number {
  return numbers.reduce((smallest, number) => Math.min(smallest, number), Infinity);
}
