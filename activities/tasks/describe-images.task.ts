import { decodeNpy, encodeNpy } from '../../ml/data/npy.js';
import type { Images } from '../../ml/data/digits.js';
import { extractEdges } from '../../ml/features/edges/extract-edges.js';
import { extractRows } from '../../ml/features/extract-rows.js';
import { csvRows } from '../../ml/features/feature-csv.js';
import type { RowSource } from '../../ml/features/feature-csv.js';
import type { FeatureTable } from '../../ml/features/feature-table.js';
import { extractKeypoints, KEYPOINT } from '../../ml/features/keypoints/extract-keypoints.js';
import { DESCRIPTOR } from '../../ml/features/keypoints/describe.js';
import { extractRaw } from '../../ml/features/raw/extract-raw.js';
import { familyNamed } from '../../ml/features/registry.js';
import { MEDIA } from '../../shared/artifact.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { StepArtifact, StepFunction } from '../../shared/step.js';

/** What is wanted of some images. */
export interface DescribeParams {
  readonly families: readonly string[];
  /** The families by their public libraries' own definitions. */
  readonly raw: boolean;
  readonly keypoints: boolean;
  readonly edges: boolean;
  /** Asks for lines of CSV instead of arrays of the families, with these sources of the rows. */
  readonly sources?: readonly RowSource[];
}

/**
 * A block of images (uint8 [rows, height, width]) in; out: one array a family under its name, or all as `csv`; `keypoints`,
 * `descriptors` and `keypointCounts` (int32 [rows]); `edges`.
 */
const describeImages: StepFunction<DescribeParams> = ({ params, inputs }, hooks) => {
  const bytes = inputs['images']?.[0];
  const block = bytes && decodeNpy(bytes, 'images');
  if (block?.dtype !== 'u1' || block.shape.length !== 3) {
    throw new InvalidDataError(`images: expected one uint8 array [rows, height, width], got ${block ? `${block.dtype} [${block.shape.join(', ')}]` : 'nothing'}.`);
  }
  const [rows, height, width] = block.shape as [number, number, number];
  const images = { rows, height, width, pixels: block.data };
  const onProgress = (done: number): void => {
    hooks.signal.throwIfAborted();
    hooks.progress({ fraction: rows === 0 ? 1 : done / rows });
  };
  const outputs: Record<string, StepArtifact> = {};
  const put = (role: string, data: Parameters<typeof encodeNpy>[0], shape: readonly number[]): void => {
    outputs[role] = { bytes: encodeNpy(data, shape), mediaType: MEDIA.npy };
  };
  const table = tableOf(images, params, onProgress);
  const { sources } = params;
  if (sources) outputs['csv'] = { bytes: new TextEncoder().encode(csvRows(table, (row) => sources[row] as RowSource)), mediaType: MEDIA.csv };
  else for (const { name, columns, data } of table.families) put(name, data, [rows, columns.length]);
  if (params.keypoints) {
    const { keypoints, descriptors, offsets } = extractKeypoints(images, onProgress);
    put('keypoints', keypoints, [keypoints.length / KEYPOINT, KEYPOINT]);
    put('descriptors', descriptors, [descriptors.length / DESCRIPTOR, DESCRIPTOR]);
    put('keypointCounts', Int32Array.from(offsets.subarray(1), (end, row) => end - (offsets[row] ?? 0)), [rows]);
  }
  if (params.edges) put('edges', extractEdges(images, onProgress), [rows, height, width]);
  return { outputs, summary: { rows } };
};

function tableOf(images: Images, { families: names, raw }: DescribeParams, onProgress: (done: number) => void): FeatureTable {
  if (raw) return extractRaw(images, names);
  const { rows, width, height, pixels } = images;
  const families = names.map(familyNamed);
  const matrices = families.length === 0 ? [] : extractRows({ rows, columns: width * height, data: pixels }, { width, height }, families, onProgress);
  return { rows, families: families.map(({ name, columns }, i) => ({ name, columns, data: matrices[i]?.data ?? new Float32Array(0) })) };
}

export default describeImages;
