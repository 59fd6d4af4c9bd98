import type { PostTrainingForm } from '../../../shared/compression.js';
import type { NetworkGraph } from '../../export/network/network-graph.js';
import { observeRanges } from '../../export/network/observe-ranges.js';
import { writeNetwork } from '../../export/onnx/write-network.js';
import { writeQuantizedNetwork } from '../../export/onnx/write-quantized-network.js';
import { tfliteFile } from '../tflite-forms.js';

/** What a network is shipped as that was quantised after its training. */
export interface QuantisedFiles {
  readonly tflite: Uint8Array;
  readonly onnx: Uint8Array;
}

/** A form, and what the files say of the variant. */
export interface QuantisedVariant {
  readonly name: string;
  readonly form: PostTrainingForm;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The files of a network that is quantised after its training, by the writers that the section `export` uses: weights in 8 bits with one scale for each
 * output, and in int8 activations up to the extremes that they take on the calibration images; or all constants in float16.
 * @param images of training, [height, width, channels] in [0, 1]; int8 alone looks at them
 * @param eachImage called after each image, with how many are done; may throw to stop
 * @throws InvalidModelError for what cannot be written; InvalidDataError without an image, or for one of another size.
 */
export function quantisedFiles(graph: NetworkGraph, images: readonly ArrayLike<number>[], { name, form, metadata }: QuantisedVariant, eachImage: (done: number) => void): QuantisedFiles {
  const ranges = form === 'int8' ? observeRanges(graph, images, eachImage) : new Map();
  const description = `${name}: class probabilities of images`;
  const tflite = tfliteFile(graph, form, { description, metadata }, ranges);
  const about = { name, doc: description, metadata };
  return { tflite, onnx: form === 'int8' ? writeQuantizedNetwork(graph, ranges, about) : writeNetwork(graph, about, form === 'dynamic' ? 'int8' : form) };
}
