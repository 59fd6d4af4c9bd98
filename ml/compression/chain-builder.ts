import type { TensorQuantization, TfliteGraph, TfliteOperator, TfliteTensor } from '../export/tflite/tflite-graph.js';
import { PIXEL_QUANTIZATION } from './affine-quantization.js';
import type { AffineQuantization } from './affine-quantization.js';
import { quantizeWeights } from './quantize-weights.js';

const RUNTIME_VERSION_BYTES = 16; // the converter pads this metadata to its own width
const RUNTIME_VERSION = '2.17.0'; // first with one scale for each output of a fully connected layer

type Unplaced<T> = T extends TfliteOperator ? Omit<T, 'outputs'> : never;

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
    this.tensors = [{ name: 'pixels', shape: this.shape, type: 'int8', quantization: whole(this.affine) }];
  }

  addConstant(name: string, tensor: Omit<TfliteTensor, 'name'>): number {
    return this.tensors.push({ name, ...tensor }) - 1;
  }

  /** Weights and bias of a layer; returns its operator's inputs. */
  addWeights(name: string, { kernel, bias }: { readonly kernel: Float32Array; readonly bias: Float32Array }, shape: readonly number[]): number[] {
    const quantized = quantizeWeights(kernel, bias, this.affine.scale);
    const perOutput = (scales: Float32Array): TensorQuantization => ({ scales, zeroPoints: new Int32Array(scales.length), dimension: 0 });
    return [
      this.last,
      this.addConstant(`${name}/weights`, { shape, type: 'int8', data: quantized.weights, quantization: perOutput(quantized.scales) }),
      this.addConstant(`${name}/bias`, {
        shape: [bias.length],
        type: 'int32',
        data: quantized.bias,
        quantization: perOutput(quantized.scales.map((scale) => scale * this.affine.scale)),
      }),
    ];
  }

  add(operator: Unplaced<TfliteOperator>, name: string, shape: readonly number[], affine: AffineQuantization): void {
    this.last = this.addConstant(name, { shape, type: 'int8', quantization: whole(affine) });
    this.operators.push({ ...operator, outputs: [this.last] });
    this.shape = shape;
    this.affine = affine;
  }

  build(): TfliteGraph {
    const version = new Uint8Array(RUNTIME_VERSION_BYTES);
    new TextEncoder().encodeInto(RUNTIME_VERSION, version);
    return {
      description: 'Digitloom int8 classifier of handwritten digits',
      tensors: this.tensors,
      operators: this.operators,
      inputs: [0],
      outputs: [this.last],
      metadata: { min_runtime_version: version },
    };
  }
}

function whole({ scale, zeroPoint }: AffineQuantization): TensorQuantization {
  return { scales: Float32Array.of(scale), zeroPoints: Int32Array.of(zeroPoint), dimension: 0 };
}
