import { InvalidConfigError } from '../../shared/errors.js';
import type { ExportFormat } from '../../shared/export-formats.js';
import { NETWORK_FORMATS } from '../../shared/export-formats.js';
import { codesByName } from '../compression/compressed-weights.js';
import type { CompressedWeights } from '../compression/compressed-weights.js';
import { tfliteFile } from '../compression/tflite-forms.js';
import type { TfliteForm } from '../compression/tflite-forms.js';
import type { ValueRanges } from '../compression/graph/value-quantization.js';
import { trainedRanges } from '../compression/trained-ranges.js';
import { placesOf } from '../models/places-of.js';
import { readLayersModel } from '../models/read-layers-model.js';
import type { WeightStorage } from './c/layer-calls.js';
import { writeCExample } from './c/write-c-example.js';
import { writeCHeader } from './c/write-c-header.js';
import { exportMetadata } from './export-metadata.js';
import type { ExportFacts, ExportMetadata } from './export-metadata.js';
import { lowerSavedNetwork } from './network/lower-saved-network.js';
import type { NetworkGraph } from './network/network-graph.js';
import { observeRanges } from './network/observe-ranges.js';
import { CLASSICAL_GRAPHS, classicalOnnx } from './onnx/classical/classical-onnx.js';
import { writeNetwork } from './onnx/write-network.js';
import { writeQuantizedNetwork } from './onnx/write-quantized-network.js';
import { writeSafetensors } from './safetensors/write-safetensors.js';
import { writeSavedModel } from './saved-model/write-saved-model.js';
import { writeWebModel } from './web/write-web-model.js';
import { boosterWithFacts } from './xgboost/booster-with-facts.js';

/** A model to be exported. */
export interface ExportedModel {
  /** The name of its kind, e.g. `cnn`, `random-forest`. */
  readonly kind: string;
  /** As its save() wrote it. */
  readonly bytes: Uint8Array;
  readonly facts: ExportFacts;
  /** What the formats with activations in 8 bits need. */
  readonly calibration?: Calibration;
  /** Of a network compressed by training: the grids that its weights and activations were trained on, which its files keep. */
  readonly compressed?: CompressedWeights;
}

/** What the ranges of activations come from. */
export interface Calibration {
  /** Training images, numbers in [0, 1]; some hundred, spread over the classes. */
  readonly images: readonly ArrayLike<number>[];
  /** Called after each image, with how many are done. */
  readonly eachImage?: (done: number) => void;
}

/** Files by their names. */
export type ExportedFiles = Readonly<Record<string, Uint8Array>>;

const TFLITE: Partial<Record<ExportFormat, TfliteForm>> = {
  tflite: 'float32', 'tflite-float16': 'float16', 'tflite-dynamic': 'dynamic', 'tflite-dynamic4': 'dynamic4', 'tflite-int8': 'int8', 'tflite-int8-weights4': 'int8-weights4',
};

/**
 * A trained model as the files of a format; the same model gives the same files. They answer for an image as it is: of a network whose answer is a
 * mean over several places they say which (`placesOf`).
 * @throws InvalidConfigError for a format that the kind has not, or one with activations in 8 bits without calibration images; InvalidModelError naming the layers that the format cannot hold, or when the bytes are no such model.
 */
export function exportModel(model: ExportedModel, format: ExportFormat): ExportedFiles {
  const { kind, bytes, facts, compressed } = model;
  const { name } = facts;
  if (Object.hasOwn(CLASSICAL_GRAPHS, kind)) {
    if (format === 'xgboost' && kind === 'xgboost') return { [`${name}.ubj`]: boosterWithFacts(bytes, exportMetadata(facts)) };
    if (format !== 'onnx') throw new InvalidConfigError(`${name} is of kind ${kind}, which can be exported as onnx${kind === 'xgboost' ? ' and xgboost' : ''}, not as ${format}: the other formats hold networks (${NETWORK_FORMATS.join(', ')}).`);
    return { [`${name}.onnx`]: classicalOnnx(kind, bytes, exportMetadata(facts)) };
  }
  const saved = readLayersModel(bytes);
  const metadata = exportMetadata(facts, placesOf(saved));
  const graph = (): NetworkGraph => lowerSavedNetwork(saved);
  switch (format) {
    case 'onnx':
      return { [`${name}.onnx`]: writeNetwork(graph(), { name, doc: `${name}: class probabilities of images`, metadata }) };
    case 'onnx-int8': {
      const network = graph();
      return { [`${name}.int8.onnx`]: writeQuantizedNetwork(network, rangesOf(network, format, model), { name, doc: `${name}: class probabilities of images, in int8`, metadata }) };
    }
    case 'tflite': case 'tflite-float16': case 'tflite-dynamic': case 'tflite-dynamic4': case 'tflite-int8': case 'tflite-int8-weights4': {
      const form = TFLITE[format] ?? 'float32';
      const network = graph();
      const ranges = form === 'int8' || form === 'int8-weights4' ? rangesOf(network, format, model) : new Map();
      return { [`${name}${form === 'float32' ? '' : `.${form}`}.tflite`]: tfliteFile(network, form, { description: `${name}: class probabilities of images`, metadata }, ranges) };
    }
    case 'c': case 'c-int8':
      return cFiles(graph(), name, metadata, format === 'c' ? { weights: 'float32' } : { weights: 8, codes: codesByName(compressed?.kernels ?? []) });
    case 'safetensors':
      return { [`${name}.safetensors`]: writeSafetensors(saved.weights, metadata) };
    case 'tfjs':
      return Object.fromEntries(Object.entries(writeWebModel(saved, metadata)).map(([file, content]) => [`${name}-tfjs/${file}`, content]));
    case 'savedmodel':
      return { [`${name}-savedmodel/saved_model.pb`]: writeSavedModel(graph(), metadata) };
    case 'xgboost':
      throw new InvalidConfigError(`${name} is of kind ${kind}, a network; the format xgboost holds the trees of XGBoost's own models.`);
  }
}

/** Trained ones where there are such, else the extremes on the calibration images. */
function rangesOf(graph: NetworkGraph, format: ExportFormat, { calibration, compressed }: ExportedModel): ValueRanges {
  if (!calibration) throw new InvalidConfigError(`${format} needs training images to calibrate on: give some hundred of them.`);
  return trainedRanges(graph, compressed?.outputs ?? [], observeRanges(graph, calibration.images, calibration.eachImage));
}

function cFiles(graph: NetworkGraph, name: string, metadata: ExportMetadata, storage: WeightStorage): ExportedFiles {
  const plain = name.replace(/[^A-Za-z0-9]+/g, '_').replace(/^(?=\d)/, '_');
  const identifier = storage.weights === 8 ? `${plain}_int8` : plain;
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  return {
    [`${identifier}.h`]: encode(writeCHeader(graph, { name: identifier, ...storage, metadata }).text),
    [`${identifier}_example.c`]: encode(writeCExample(identifier, `${identifier}.h`)),
  };
}
