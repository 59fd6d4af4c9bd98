import { decodeImageShards } from '../../ml/data/decode-image-shards.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { decodeProbabilities } from '../../ml/data/decode-probabilities.js';
import { imageBase64 } from '../../ml/data/image-base64.js';
import { encodeNpz } from '../../ml/data/npz.js';
import { takeMatrixRows } from '../../ml/data/take-matrix-rows.js';
import { evaluatedQuestions } from '../../ml/explanations/evaluated-questions.js';
import { explainNetwork } from '../../ml/explanations/explain-network.js';
import { mapBase64, signedMapBase64 } from '../../ml/explanations/map-base64.js';
import type { Matrix } from '../../ml/matrix.js';
import type { Explanations } from '../../shared/analysis/explanations.js';
import { MEDIA } from '../../shared/artifact.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { StepFunction } from '../../shared/step.js';
import { jsonArtifact } from './json-artifact.js';

/** Parameters of the step `explain-network`. */
export interface ExplainNetworkParams {
  /** The name of the model, for people. */
  readonly network: string;
  /** So many right answers, and at most so many mistakes. */
  readonly images: number;
}

/**
 * What a network's answers rest on, for some test images that it reads rightly and for its surest mistakes. It reads test labels to find them, after
 * the evaluation; nothing may be chosen from it. Inputs: `model`, `testProba`, `testImages`, `testLabels`. Outputs: `explanations` (JSON,
 * {@link Explanations}) and `maps` (.npz: the rows, and the maps of the pictures as float32 [images, height, width], in scores).
 */
const explain: StepFunction<ExplainNetworkParams> = async ({ params: { network, images: count }, inputs }, hooks) => {
  const [model] = inputs['model'] ?? [];
  if (!model) throw new InvalidDataError('explain-network: no model was given.');
  const { pixels, width, height } = decodeImageShards(inputs['testImages'], 'testImages');
  const labels = decodeLabels(inputs['testLabels']?.[0], pixels.rows);
  const proba = decodeProbabilities(network, inputs['testProba']?.[0]);
  if (proba.rows !== pixels.rows) throw new InvalidDataError(`explain-network: ${proba.rows} probabilities of ${network} for ${pixels.rows} test images: expected one row an image.`);
  const asked = evaluatedQuestions(proba, labels, count);
  const images = takeMatrixRows(pixels, asked.map(({ row }) => row));
  const explained = await explainNetwork(model, { images, answers: asked.map(({ predicted }) => predicted), rivals: asked.map(({ rival }) => rival) }, (fraction) => {
    hooks.signal.throwIfAborted();
    hooks.progress({ fraction, note: `${asked.length} images of ${network}` });
  });
  const { gradCam, layer, attention } = explained;
  const result: Explanations = {
    kind: 'explanations', network, width, height, ...(layer && { layer }),
    ...(attention && { attention: { of: attention.of, layers: attention.layers } }),
    images: asked.map((question, i) => ({
      ...question, pixels: imageBase64({ pixels }, question.row),
      saliency: mapBase64(explained.saliency, i), contributions: signedMapBase64(explained.contributions, i),
      ...(gradCam && { gradCam: mapBase64(gradCam, i) }), ...(attention && { attention: mapBase64(attention.maps, i) }),
    })),
  };
  const entry = ({ rows, data }: Matrix<Float32Array>): { shape: number[]; data: Float32Array } => ({ data, shape: [rows, height, width] });
  const maps = encodeNpz({
    rows: { data: Int32Array.from(asked, ({ row }) => row), shape: [asked.length] },
    saliency: entry(explained.saliency), contributions: entry(explained.contributions), ...(gradCam && { gradCam: entry(gradCam) }),
    ...(attention && { attention: entry(attention.maps) }),
  });
  return {
    outputs: {
      explanations: jsonArtifact(result),
      maps: { bytes: maps, mediaType: MEDIA.npz },
    },
    summary: { images: asked.length, mistakes: asked.filter(({ actual, predicted }) => actual !== predicted).length, ...(layer && { layer: layer.name }) },
  };
};

export default explain;
