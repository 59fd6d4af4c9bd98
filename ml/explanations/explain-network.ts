import { loadTensorFlow } from '../../native/tensorflow-js.js';
import type { Matrix } from '../matrix.js';
import { decodeLayersModel } from '../models/cnn-bytes.js';
import { attentionMaps } from './attention-maps.js';
import type { AttentionMaps } from './attention-maps.js';
import { gradCam } from './grad-cam.js';
import { integratedGradients } from './integrated-gradients.js';
import { lastMapLayer } from './last-map-layer.js';
import { mapSide } from './layer-path.js';
import { saliency } from './saliency.js';
import { classScores, scoreDifferences } from './score-weights.js';
import { scoredNetwork } from './scored-network.js';

/** What is asked of a network: why `answers[i]` and not `rivals[i]` for the image in row i? */
export interface Questions {
  readonly images: Matrix;
  readonly answers: readonly number[];
  readonly rivals: readonly number[];
}

/** What the network's answers rest on, each [images, pixels]. */
export interface NetworkExplanation {
  /** Of the answers' scores, at least 0. */
  readonly saliency: Matrix<Float32Array>;
  /** Integrated gradients of the answers' scores less those of their rivals; with signs. */
  readonly contributions: Matrix<Float32Array>;
  /** Grad-CAM of the answers' scores, at least 0, by the last map; absent for a network without maps. */
  readonly gradCam?: Matrix<Float32Array>;
  /** The layer behind it and the side of its map. */
  readonly layer?: { readonly name: string; readonly side: number };
  /** Where its attention layers look; absent for a network without attention to places. */
  readonly attention?: AttentionMaps;
}

/**
 * Explains a saved network's answers.
 * @param onProgress gets the fraction that is done; may throw to end it.
 * @throws InvalidModelError when the bytes are no saved network that can be explained, or it takes images of another size.
 */
export async function explainNetwork(bytes: Uint8Array, { images, answers, rivals }: Questions, onProgress: (fraction: number) => void = () => undefined): Promise<NetworkExplanation> {
  const { tf } = await loadTensorFlow();
  const { model } = await decodeLayersModel(tf, bytes);
  try {
    const network = scoredNetwork(tf, model);
    const why = classScores(answers, network.classes);
    const pixels = saliency(tf, network, images, why);
    onProgress(0.05);
    const layer = lastMapLayer(model);
    const seen = layer && { gradCam: gradCam(tf, network, layer, images, why), layer: { name: layer.name, side: mapSide(layer) } };
    const attention = attentionMaps(tf, network, images);
    onProgress(0.1);
    const onImage = (done: number): void => onProgress((images.rows + 9 * done) / (10 * images.rows));
    const contributions = integratedGradients(tf, network, images, scoreDifferences(answers, rivals, network.classes), { onImage });
    return { saliency: pixels, contributions, ...seen, ...(attention && { attention }) };
  } finally {
    model.dispose();
  }
}
