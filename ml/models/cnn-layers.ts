import { InvalidModelError } from '../../shared/errors.js';
import { decodeNpz } from '../data/npz.js';

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

/** The parts of a TensorFlow.js `model.json` that are read here. */
interface LayersModelJson {
  /** TensorFlow.js writes the model itself; converted Keras models have it under `model_config`. */
  readonly modelTopology: SequentialJson | { readonly model_config: SequentialJson };
  readonly weightsManifest: readonly { readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[] }[];
}

interface SequentialJson {
  readonly config: { readonly layers: readonly LayerJson[] } | readonly LayerJson[];
}

interface LayerJson {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>> & { readonly name: string };
}

type Weight = (suffix: 'kernel' | 'bias') => { readonly data: Float32Array; readonly shape: readonly number[] };

/**
 * Reads the bytes of a saved CNN (a zip of the TensorFlow.js layers format: `model.json`, `weights.bin`) without
 * TensorFlow. Dropout layers, which do nothing after training, are left out.
 * @throws InvalidModelError for foreign bytes and for layers other than convolution, max-pool, flatten and dense.
 */
export function readCnn(bytes: Uint8Array): CnnNetwork {
  const { files } = decodeNpz(bytes, 'cnn');
  const text = files['model.json'];
  const weightBytes = files['weights.bin'];
  if (!text || !weightBytes) {
    throw new InvalidModelError(`cnn: expected model.json and weights.bin in the zip, got ${Object.keys(files).join(', ') || 'neither'}.`);
  }
  const model = JSON.parse(new TextDecoder().decode(text)) as LayersModelJson;
  const weights = weightsByName(model, weightBytes);
  const topology = model.modelTopology;
  const { config } = 'model_config' in topology ? topology.model_config : topology;
  const layers = 'layers' in config ? config.layers : config;
  return {
    inputShape: inputShapeOf(layers),
    layers: layers.flatMap((layer) =>
      readLayer(layer, (suffix) => {
        const weight = weights.get(`${layer.config.name}/${suffix}`);
        if (!weight) throw new InvalidModelError(`cnn: the weights lack ${layer.config.name}/${suffix}.`);
        return weight;
      }),
    ),
  };
}

function weightsByName(model: LayersModelJson, bytes: Uint8Array): Map<string, ReturnType<Weight>> {
  const entries = model.weightsManifest.flatMap((group) => group.weights);
  const floats = new Float32Array(bytes.slice().buffer, 0, Math.floor(bytes.length / 4));
  const named = new Map<string, ReturnType<Weight>>();
  let offset = 0;
  for (const { name, shape } of entries) {
    const count = shape.reduce((product, side) => product * side, 1);
    named.set(name, { data: floats.subarray(offset, offset + count), shape });
    offset += count;
  }
  if (offset * 4 !== bytes.length) {
    throw new InvalidModelError(`cnn: weights.bin should hold ${offset * 4} bytes, got ${bytes.length}.`);
  }
  return named;
}

function inputShapeOf(layers: readonly LayerJson[]): [number, number, number] {
  const shape = layers[0]?.config['batch_input_shape'];
  if (!Array.isArray(shape) || shape.length !== 4) {
    throw new InvalidModelError('cnn: the first layer names no input shape [batch, height, width, channels].');
  }
  return shape.slice(1) as [number, number, number];
}

function readLayer({ class_name: type, config }: LayerJson, weight: Weight): CnnLayer[] {
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
