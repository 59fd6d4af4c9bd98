import type { TfliteGraph } from '../export/tflite/tflite-graph.js';
import type { CnnLayer, CnnNetwork } from '../models/cnn-layers.js';
import { activationRange } from './activation-range.js';
import type { RangeRule } from './activation-range.js';
import { affineQuantization, SOFTMAX_QUANTIZATION } from './affine-quantization.js';
import { ChainBuilder } from './chain-builder.js';
import { checkQuantizable } from './check-quantizable.js';
import type { ValueHistogram } from './value-histogram.js';
import { windowSize } from './window-size.js';
import { shapeSize } from '../shape-size.js';

/**
 * Full-integer post-training quantisation (Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient
 * Integer-Arithmetic-Only Inference"), after TensorFlow Lite's int8 specification: symmetric weights with one scale for each
 * output channel, int32 biases, asymmetric activations. Input: pixel - 128; output: softmax in 1/256, less 128.
 *
 * @param histograms of each layer's outputs, from {@link file://./calibrate.ts calibrate}
 * @throws InvalidModelError naming the layer that has no int8 form.
 */
export function quantizeNetwork(network: CnnNetwork, histograms: readonly ValueHistogram[], rule: RangeRule): TfliteGraph {
  checkQuantizable(network);
  const graph = new ChainBuilder(network.inputShape);
  network.layers.forEach((layer, index) => addLayer(graph, layer, index, histograms[index], rule));
  graph.add({ type: 'softmax', beta: 1, inputs: [graph.last] }, 'probabilities', graph.shape, SOFTMAX_QUANTIZATION);
  return graph.build();
}

function addLayer(graph: ChainBuilder, layer: CnnLayer, index: number, histogram: ValueHistogram, rule: RangeRule): void {
  const name = `${layer.type}_${index}`;
  const [, height, width, channels] = graph.shape;
  switch (layer.type) {
    case 'conv2d': {
      const { kernelShape, strides, padding } = layer;
      const [kernelHeight, kernelWidth, inputs, outputs] = kernelShape;
      const wiring = graph.addWeights(name, layer, [outputs, kernelHeight, kernelWidth, inputs]);
      const shape = [1, windowSize(height, kernelHeight, strides[0], padding).positions, windowSize(width, kernelWidth, strides[1], padding).positions, outputs];
      const activation = layer.activation === 'relu' ? 'relu' : 'linear';
      graph.add({ type: 'conv2d', padding, strides, activation, inputs: wiring }, name, shape, affineQuantization(...activationRange(histogram, rule)));
      return;
    }
    case 'maxPool2d': {
      const { poolSize, strides, padding } = layer;
      const shape = [1, windowSize(height, poolSize[0], strides[0], padding).positions, windowSize(width, poolSize[1], strides[1], padding).positions, channels];
      graph.add({ type: 'maxPool2d', padding, strides, poolSize, inputs: [graph.last] }, name, shape, graph.affine);
      return;
    }
    case 'flatten': {
      const newShape = [1, shapeSize(graph.shape)];
      const shapeTensor = graph.addConstant(`${name}/shape`, { shape: [2], type: 'int32', data: Int32Array.from(newShape) });
      graph.add({ type: 'reshape', newShape, inputs: [graph.last, shapeTensor] }, name, newShape, graph.affine);
      return;
    }
    case 'dense': {
      const [inputs, outputs] = layer.kernelShape;
      const wiring = graph.addWeights(name, layer, [outputs, inputs]);
      const activation = layer.activation === 'relu' ? 'relu' : 'linear';
      graph.add({ type: 'fullyConnected', activation, keepDims: false, asymmetricInputs: false, inputs: wiring }, name, [1, outputs], affineQuantization(...activationRange(histogram, rule)));
    }
  }
}
