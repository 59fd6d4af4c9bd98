import { describeImages } from '../../ml/analysis/describe/describe-images.js';
import { meanImage, varianceImage } from '../../ml/analysis/describe/mean-images.js';
import type { GroupSums } from '../../ml/analysis/describe/measure-images.js';
import { decodeImageShards } from '../../ml/data/decode-image-shards.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { encodeNpy } from '../../ml/data/npy.js';
import { encodeNpz, type NpzEntry } from '../../ml/data/npz.js';
import { MEDIA } from '../../shared/artifact.js';
import type { StepFunction } from '../../shared/step.js';
import { jsonArtifact } from './json-artifact.js';

/** Parameters of the step describe-data. */
export interface DescribeDataParams {
  /** The last training rows, which do not enter what is usual for quality. */
  readonly validationRows: number;
}

/**
 * Describes the images. Outputs: `description` (DataDescription), `quality` (float32 [rows], of the training images) and `pictures`:
 * float32 [height, width] in [0, 1], `mean_<digit>` and `variance_<digit>` of the digits there are, and `mean_train`, `mean_test` and so on.
 */
const describeData: StepFunction<DescribeDataParams> = ({ params, inputs }, hooks) => {
  const train = decodeImageShards(inputs['images'], 'images');
  const test = decodeImageShards(inputs['testImages'], 'testImages');
  const labels = decodeLabels(inputs['labels']?.[0], train.pixels.rows);
  const { description, quality, sums } = describeImages({ train, labels, test, validationRows: params.validationRows }, (fraction) => {
    hooks.signal.throwIfAborted();
    hooks.progress({ fraction });
  });

  const pictures: Record<string, NpzEntry> = {};
  const groups: (readonly [string, GroupSums])[] = [...sums.digits.map((group, digit) => [String(digit), group] as const), ['train', sums.train], ['test', sums.test]];
  for (const [name, group] of groups.filter(([, { count }]) => count > 0)) {
    const size = name === 'test' ? test : train;
    pictures[`mean_${name}`] = { data: meanImage(group), shape: [size.height, size.width] };
    pictures[`variance_${name}`] = { data: varianceImage(group), shape: [size.height, size.width] };
  }
  return {
    outputs: {
      description: jsonArtifact(description),
      pictures: { bytes: encodeNpz(pictures, { deflate: true }), mediaType: MEDIA.npz },
      quality: { bytes: encodeNpy(quality, [quality.length]), mediaType: MEDIA.npy },
    },
    summary: {
      trainRows: description.train.count, testRows: description.test.count, digits: description.digits.length,
      brightness: description.train.measures.brightness.mean, strokeWidth: description.train.measures.strokeWidth.mean,
      quality: description.quality.score.mean, lowestQuality: description.quality.score.min,
    },
  };
};

export default describeData;
