import { calibrationImages } from '../../export/calibration-images.js';
import { writeCHeader } from '../../export/c/write-c-header.js';
import { isDoable } from '../../export/c/doable.js';
import { lowerSavedNetwork } from '../../export/network/lower-saved-network.js';
import { multiplyAdds } from '../../export/network/multiply-adds.js';
import type { NetworkGraph } from '../../export/network/network-graph.js';
import { observeRanges } from '../../export/network/observe-ranges.js';
import { writeNetwork } from '../../export/onnx/write-network.js';
import { writeQuantizedNetwork } from '../../export/onnx/write-quantized-network.js';
import { rowsBetween } from '../../matrix.js';
import type { Matrix } from '../../matrix.js';
import { readLayersModel } from '../../models/read-layers-model.js';
import type { SavedNetwork } from '../../models/read-layers-model.js';
import { codedSize } from '../coded-size.js';
import { encodeCompressedFile } from '../coding/compressed-file.js';
import { codesByName } from '../compressed-weights.js';
import type { CompressedWeights } from '../compressed-weights.js';
import type { ValueRanges } from '../graph/value-quantization.js';
import { tfliteFile } from '../tflite-forms.js';
import type { TfliteForm } from '../tflite-forms.js';
import { trainedRanges } from '../trained-ranges.js';
import type { CompressedNetwork } from '../training/compress-network.js';
import { countNumbers } from './count-numbers.js';

/** What a compressed network is shipped as. */
export interface VariantFiles {
  /** Saved layers, kernels as codes: what `decodeCompressedFile` reads. */
  readonly compressed: Uint8Array;
  /** In `form`. */
  readonly tflite: Uint8Array;
  /** In int8 where activations are on grids, else in float32. */
  readonly onnx: Uint8Array;
  readonly form: TfliteForm;
  readonly sizes: VariantSizes;
}

/** How large a compressed network is, in whatever one may count. */
export interface VariantSizes {
  /** Learnt numbers, and those of them that are not 0. */
  readonly parameters: number;
  readonly nonZero: number;
  /** Of one image. */
  readonly multiplyAdds: number;
  /** Bytes of its files. */
  readonly compressedBytes: number;
  readonly tfliteBytes: number;
  readonly onnxBytes: number;
  /** Bytes of all constants of its C header; null where C has not all of its layers. */
  readonly constantBytes: number | null;
  /** Bytes of its kernels in the coding that is smallest, and of its other numbers in float32. */
  readonly codedBytes: number;
}

const FEW_BITS = 4;
/** Images that give ranges to what was not trained on a grid: the logits, mostly. */
const OBSERVED = 100;

/**
 * The files of a compressed network and their sizes, weights and activations on the very grids that were trained.
 * @param images training images, of which the first hundred are looked at
 * @param facts said in every file
 * @throws InvalidModelError for layers that cannot be exported.
 */
export function variantFiles({ bytes, weights }: CompressedNetwork, name: string, images: Matrix<Uint8Array>, facts: Readonly<Record<string, string>>, working: () => void): VariantFiles {
  const saved = readLayersModel(bytes);
  const graph = lowerSavedNetwork(saved);
  const form = formOf(weights);
  const description = `${name}: class probabilities of images`;
  const ranges = weights.outputs.length > 0 ? rangesOf(graph, weights, images, working) : undefined;
  const compressed = encodeCompressedFile({ bytes, weights });
  const tflite = tfliteFile(graph, form, { description, metadata: facts }, ranges ?? new Map());
  working();
  const about = { name, doc: description, metadata: facts };
  const onnx = ranges ? writeQuantizedNetwork(graph, ranges, about) : writeNetwork(graph, about);
  const sizes = {
    ...countNumbers(saved), multiplyAdds: multiplyAdds(graph),
    compressedBytes: compressed.length, tfliteBytes: tflite.length, onnxBytes: onnx.length,
    constantBytes: constantsOf(graph, weights), codedBytes: codedBytes(saved, weights),
  };
  return { compressed, tflite, onnx, form, sizes };
}

function formOf({ kernels, outputs }: CompressedWeights): TfliteForm {
  if (!kernels.some(({ codes }) => codes)) return 'float32';
  const few = kernels.every(({ codes }) => codes !== undefined && codes.bits <= FEW_BITS);
  if (outputs.length > 0) return few ? 'int8-weights4' : 'int8';
  return few ? 'dynamic4' : 'dynamic';
}

function rangesOf(graph: NetworkGraph, { outputs }: CompressedWeights, images: Matrix<Uint8Array>, working: () => void): ValueRanges {
  const looked = calibrationImages(rowsBetween(images, 0, Math.min(OBSERVED, images.rows)), OBSERVED);
  return trainedRanges(graph, outputs, observeRanges(graph, looked, working));
}

function constantsOf(graph: NetworkGraph, { kernels }: CompressedWeights): number | null {
  if (!graph.operators.every((operator) => isDoable(graph, operator))) return null;
  return writeCHeader(graph, { name: 'network', weights: 'float32', codes: codesByName(kernels), metadata: {} }).constantBytes;
}

function codedBytes({ weights }: SavedNetwork, { kernels }: CompressedWeights): number {
  const byName = new Map(kernels.map((kernel) => [kernel.name, kernel]));
  return weights.reduce((sum, { name, data }) => {
    const kernel = byName.get(name);
    return sum + (kernel ? codedSize(kernel, data).huffman : 4 * data.length);
  }, 0);
}
