import type { CompressedNetwork } from '../../ml/compression/training/compress-network.js';
import { exportAccuracy, verdictOf } from '../../ml/export/export-accuracy.js';
import { exportAgreement } from '../../ml/export/export-agreement.js';
import type { LabelledMatrix, Matrix } from '../../ml/matrix.js';
import { loadNetwork } from '../../ml/models/network-classifier.js';
import { InvalidModelError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import type { CancelSignal, NativePaths } from '../../shared/step.js';
import { predictInParts } from './predict-in-parts.js';

/** How far a variant's file is from the network that was trained, on the validation rows. */
export interface AsTrained extends JsonObject {
  /** Of a probability. */
  readonly largestDifference: number;
  readonly labelsChanged: number;
}

/** What a file is compared on. */
export interface TrainedRows {
  readonly validation: LabelledMatrix;
  readonly native: NativePaths;
}

/**
 * Compares what the ONNX file of a compressed network says of the validation rows with the network itself, run as the TensorFlow graph of its
 * layers, which nothing that writes files has touched. In float32 no probability may differ by more than 1e-4. Where activations are on grids,
 * which the float32 layers know nothing of, the file has to keep the accuracy of the layers, or that of the training with its grids.
 * @throws InvalidModelError when the file answers otherwise.
 */
export async function checkAsTrained(name: string, { bytes, weights, details }: CompressedNetwork, file: Matrix<Float32Array>, { validation: { x, labels }, native }: TrainedRows, signal: CancelSignal, working: () => void): Promise<AsTrained> {
  const network = await loadNetwork(name, bytes, native);
  try {
    const trained = await predictInParts(network, x, signal, working);
    const { largestDifference, labelsChanged, agrees } = exportAgreement(trained, file, false);
    const accuracy = exportAccuracy(trained, file, labels);
    const onGrids = weights.outputs.length > 0;
    if (onGrids ? verdictOf({ ...accuracy, model: Math.min(accuracy.model, lastAccuracy(details)) }) === 'kept' : agrees) return { largestDifference, labelsChanged };
    throw new InvalidModelError(
      `The ONNX file of ${name} disagrees with the network that was trained: it is right for ${(100 * accuracy.file).toFixed(2)} % of the ${accuracy.rows} validation rows, the network for ${(100 * accuracy.model).toFixed(2)} %` +
        `${onGrids ? ` (${(100 * lastAccuracy(details)).toFixed(2)} % with its activations on grids)` : ''}; a probability is ${largestDifference.toPrecision(2)} apart${onGrids ? '' : ' (expected at most 0.0001)'}, and ${labelsChanged} labels changed. Nothing is written; report it.`,
    );
  } finally {
    network.dispose();
  }
}

/** Of the kept epoch of the last stage, all that was trained applied. */
function lastAccuracy(details: CompressedNetwork['details']): number {
  const last = Object.values(details).at(-1) as { readonly validationAccuracy: number };
  return last.validationAccuracy;
}
