import type { Conv2d, Dense, DepthwiseConv2d, NetworkGraph } from '../../network/network-graph.js';

/** A product's weights in TFLite's order of axes. */
export interface LaidOutWeights {
  /** conv2d [out, rows, columns, in], depthwise [1, rows, columns, channels], dense [out, in] */
  readonly shape: readonly number[];
  /** The axis of the outputs. */
  readonly dimension: number;
  /** Kernel numbers are [inputs, outputs] in the network; whether they are [outputs, inputs] here. */
  readonly outputsFirst: boolean;
  /** Row-major [inputs, outputs], as the network has it. */
  readonly kernel: Float32Array;
  /** [out]; zeros where the network has none. */
  readonly bias: Float32Array;
  /** The kernel's name. */
  readonly name: string;
}

/** How a product's weights lie in a `.tflite` file. */
export function weightLayout({ values }: NetworkGraph, product: Conv2d | DepthwiseConv2d | Dense): LaidOutWeights {
  const { name, shape, data: kernel = new Float32Array() } = values[product.kernel];
  const isDepthwise = product.type === 'depthwiseConv2d';
  const outputs = shape[isDepthwise ? 2 : shape.length - 1];
  const bias = (product.bias === undefined ? undefined : values[product.bias].data) ?? new Float32Array(outputs);
  if (isDepthwise) return { shape: [1, shape[0], shape[1], outputs], dimension: 3, outputsFirst: false, kernel, bias, name };
  return { shape: [outputs, ...shape.slice(0, -1)], dimension: 0, outputsFirst: true, kernel, bias, name };
}
