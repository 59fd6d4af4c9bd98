import type { CompressedNetwork } from '../../ml/compression/training/compress-network.js';
import { codesByName } from '../../ml/compression/compressed-weights.js';
import { tfliteFile } from '../../ml/compression/tflite-forms.js';
import { writeCExample } from '../../ml/export/c/write-c-example.js';
import { writeCHeader } from '../../ml/export/c/write-c-header.js';
import { DIGITS, exportMetadata, PIXELS_TO_UNIT } from '../../ml/export/export-metadata.js';
import { lowerSavedNetwork } from '../../ml/export/network/lower-saved-network.js';
import type { NetworkGraph } from '../../ml/export/network/network-graph.js';
import { readLayersModel } from '../../ml/models/read-layers-model.js';
import type { Experiment } from './settings.js';

/** Files by name, and what is counted of them. */
export interface ExportedForms {
  readonly files: Readonly<Record<string, Uint8Array | string>>;
  readonly bytes: Readonly<Record<string, number>>;
}

/** A compressed network in the form that is counted; as `.tflite` beside the fp32 `.tflite` of the network it comes from. */
export function exportedForms({ bytes, weights }: Pick<CompressedNetwork, 'bytes' | 'weights'>, start: Uint8Array, form: Experiment['form'], key: string): ExportedForms {
  const metadata = exportMetadata({
    name: key, labels: DIGITS, input: 'images [n, 28, 28, 1]', normalisation: PIXELS_TO_UNIT,
    trainingDigest: 'benchmarks/compression.json', licence: 'unspecified', version: '0',
  });
  if (form === 'c') {
    const header = writeCHeader(graphOf(bytes), { name: 'digits', weights: 8, codes: codesByName(weights.kernels), metadata });
    return { files: { [`${key}.h`]: header.text, [`${key}.c`]: writeCExample('digits', `${key}.h`) }, bytes: { constants: header.constantBytes, sizes: sizeBytes(header.text) } };
  }
  const facts = { description: `${key}: class probabilities of images`, metadata };
  const [whole, small] = [tfliteFile(graphOf(start), 'float32', facts, new Map()), tfliteFile(graphOf(bytes), form, facts, new Map())];
  return { files: { [`${key}.tflite`]: small, [`${key}.fp32.tflite`]: whole }, bytes: { tflite: small.length, fp32Tflite: whole.length } };
}

/** Bytes of the sizes that the header's calls are given, each as small as it fits: what a descriptor of the layers would take that derives nothing. */
function sizeBytes(header: string): number {
  const body = header.slice(header.indexOf('_predict('));
  return [...body.matchAll(/\b\d+\b(?![.])/g)].reduce((bytes, [digits]) => bytes + (Number(digits) < 256 ? 1 : 2), 0);
}

function graphOf(bytes: Uint8Array): NetworkGraph {
  return lowerSavedNetwork(readLayersModel(bytes));
}
