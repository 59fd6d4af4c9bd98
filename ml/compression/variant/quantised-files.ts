import type { NetworkGraph } from '../../export/network/network-graph.js';
import { observeValues } from '../../export/network/observe-values.js';
import { writeRangedNetwork } from '../../export/onnx/write-ranged-network.js';
import { rangesByRule } from '../graph/ranges-by-rule.js';
import { tfliteFile } from '../tflite-forms.js';

/** What a network is shipped as that was quantised after its training. */
export interface QuantisedFiles {
  readonly tflite: Uint8Array;
  readonly onnx: Uint8Array;
}

/** What the files of a variant say of it. */
export interface VariantFacts {
  readonly name: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The int8 files of a network, by the writers that the section `export` uses: weights with one scale for each output, activations up to the extremes
 * that they take on the calibration images.
 * @param images of training, [height, width, channels] in [0, 1]
 * @param eachImage called after each image, with how many are done; may throw to stop
 * @throws InvalidModelError for what cannot be written; InvalidDataError without an image, or for one of another size.
 */
export function quantisedFiles(graph: NetworkGraph, images: readonly ArrayLike<number>[], { name, metadata }: VariantFacts, eachImage: (done: number) => void): QuantisedFiles {
  const ranges = rangesByRule(observeValues(graph, images, eachImage), 'min-max');
  const description = `${name}: class probabilities of images, in int8`;
  return { tflite: tfliteFile(graph, 'int8', { description, metadata }, ranges), onnx: writeRangedNetwork(graph, ranges, { name, doc: description, metadata }) };
}
