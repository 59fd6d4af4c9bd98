import { InvalidModelError } from '../../shared/errors.js';
import { readTopology } from '../graph/topology.js';
import type { TopologyLayer } from '../graph/topology.js';
import { readModelZip } from './read-layers-model.js';

/** What follows the linear part of a layer. */
export type CnnActivation = 'linear' | 'relu' | 'softmax';

/** One layer of a saved CNN, in TensorFlow's conventions (NHWC maps, HWIO kernels, row-major). */
export type CnnLayer =
  | {
      readonly type: 'conv2d';
      readonly kernel: Float32Array;
      /** [height, width, input channels, output channels] */
      readonly kernelShape: readonly [number, number, number, number];
      readonly bias: Float32Array;
      readonly strides: readonly [number, number];
      readonly padding: 'valid' | 'same';
      readonly activation: CnnActivation;
    }
  | {
      readonly type: 'maxPool2d';
      readonly poolSize: readonly [number, number];
      readonly strides: readonly [number, number];
      readonly padding: 'valid' | 'same';
    }
  | { readonly type: 'flatten' }
  | {
      readonly type: 'dense';
      readonly kernel: Float32Array;
      /** [inputs, outputs] */
      readonly kernelShape: readonly [number, number];
      readonly bias: Float32Array;
      readonly activation: CnnActivation;
    };

/** A CNN as plain numbers. */
export interface CnnNetwork {
  /** [height, width, channels]; the values are pixels / 255. */
  readonly inputShape: readonly [number, number, number];
  readonly layers: readonly CnnLayer[];
}

type Weight = (suffix: 'kernel' | 'bias') => { readonly data: Float32Array; readonly shape: readonly number[] };

/**
 * Reads the bytes of a saved CNN (a zip of the TensorFlow.js layers format: `model.json`, `weights.bin`) without
 * TensorFlow. Dropout layers, which do nothing after training, are left out.
 * @throws InvalidModelError for foreign bytes and for layers other than convolution, max-pool, flatten and dense.
 */
export function readCnn(bytes: Uint8Array): CnnNetwork {
  const saved = readModelZip(bytes);
  const { inputShape, layers } = readTopology(saved.topology);
  if (inputShape.length !== 3) throw new InvalidModelError(`cnn: an input [height, width, channels] is expected, got [${inputShape.join(', ')}].`);
  const weights = new Map(saved.weights.map((weight) => [weight.name, weight]));
  return {
    inputShape: inputShape as unknown as CnnNetwork['inputShape'],
    layers: layers.flatMap((layer) =>
      readLayer(layer, (suffix) => {
        const weight = weights.get(`${layer.name}/${suffix}`);
        if (!weight) throw new InvalidModelError(`cnn: the weights lack ${layer.name}/${suffix}.`);
        return weight;
      }),
    ),
  };
}

function readLayer({ className: type, config }: TopologyLayer, weight: Weight): CnnLayer[] {
  const strides = config['strides'] as [number, number];
  const padding = config['padding'] as 'valid' | 'same';
  const activation = config['activation'] as CnnActivation;
  switch (type) {
    case 'InputLayer':
    case 'Dropout':
      return [];
    case 'Conv2D': {
      const { data: kernel, shape } = weight('kernel');
      const kernelShape = shape as [number, number, number, number];
      return [{ type: 'conv2d', kernel, kernelShape, bias: weight('bias').data, strides, padding, activation }];
    }
    case 'MaxPooling2D':
      return [{ type: 'maxPool2d', poolSize: config['pool_size'] as [number, number], strides, padding }];
    case 'Flatten':
      return [{ type: 'flatten' }];
    case 'Dense': {
      const { data: kernel, shape } = weight('kernel');
      return [{ type: 'dense', kernel, kernelShape: shape as [number, number], bias: weight('bias').data, activation }];
    }
    default:
      throw new InvalidModelError(`cnn: a ${type} layer is not among Conv2D, MaxPooling2D, Flatten, Dense and Dropout.`);
  }
}
