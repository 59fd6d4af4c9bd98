import { fileMetadata } from '../export/tflite/file-metadata.js';
import type { OperatorSettings } from '../export/tflite/network/tflite-scope.js';
import type { TfliteGraph, TfliteOperator, TfliteTensor } from '../export/tflite/tflite-graph.js';
import { PIXEL_QUANTIZATION } from './affine-quantization.js';
import type { AffineQuantization } from './affine-quantization.js';
import { quantizeWeights } from './quantize-weights.js';
import { axisQuantization, tensorQuantization } from './tensor-quantization.js';

type Unplaced = OperatorSettings & Pick<TfliteOperator, 'inputs'>;

/** Builds an int8 graph that is one chain: each operator reads the last activation and writes the next. Its input is pixels. */
export class ChainBuilder {
  /** Of the last activation. */
  shape: readonly number[];
  affine: AffineQuantization = PIXEL_QUANTIZATION;
  last = 0;
  private readonly tensors: TfliteTensor[];
  private readonly operators: TfliteOperator[] = [];

  constructor(inputShape: readonly number[]) {
    this.shape = [1, ...inputShape];
    this.tensors = [{ name: 'pixels', shape: this.shape, type: 'int8', quantization: tensorQuantization(this.affine) }];
  }

  addConstant(name: string, tensor: Omit<TfliteTensor, 'name'>): number {
    return this.tensors.push({ name, ...tensor }) - 1;
  }

  /** Weights and bias of a layer; returns its operator's inputs. */
  addWeights(name: string, { kernel, bias }: { readonly kernel: Float32Array; readonly bias: Float32Array }, shape: readonly number[]): number[] {
    const quantized = quantizeWeights(kernel, bias, this.affine.scale);
    return [
      this.last,
      this.addConstant(`${name}/weights`, { shape, type: 'int8', data: quantized.weights, quantization: axisQuantization(quantized.scales, 0) }),
      this.addConstant(`${name}/bias`, {
        shape: [bias.length],
        type: 'int32',
        data: quantized.bias,
        quantization: axisQuantization(quantized.scales.map((scale) => scale * this.affine.scale), 0),
      }),
    ];
  }

  add(operator: Unplaced, name: string, shape: readonly number[], affine: AffineQuantization): void {
    this.last = this.addConstant(name, { shape, type: 'int8', quantization: tensorQuantization(affine) });
    this.operators.push({ ...operator, outputs: [this.last] });
    this.shape = shape;
    this.affine = affine;
  }

  build(): TfliteGraph {
    return {
      description: 'Digitloom int8 classifier of handwritten digits',
      tensors: this.tensors,
      operators: this.operators,
      inputs: [0],
      outputs: [this.last],
      metadata: fileMetadata(),
    };
  }
}
