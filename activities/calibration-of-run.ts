import { assembleInput } from '../ml/data/assemble-input.js';
import { evenlySpacedRows } from '../ml/data/evenly-spaced-rows.js';
import { takeMatrixRows } from '../ml/data/take-matrix-rows.js';
import type { Calibration } from '../ml/export/export-model.js';
import { rowsBetween } from '../ml/matrix.js';
import { asFloats } from '../ml/models/as-floats.js';
import type { ArtifactStore } from '../storage/artifact-store.js';
import { stepsOfRun } from '../storage/run-steps.js';
import { imageShards, ingestOf } from './image-shards.js';

/**
 * Training images of a finished run to calibrate formats in int8 on: evenly spaced over the rows before its validation split.
 * @param count of them
 * @throws NotFoundError when the store lacks the run's images.
 */
export async function calibrationOfRun(store: ArtifactStore, runId: string, count: number): Promise<Calibration> {
  const ingest = ingestOf(await stepsOfRun(store, runId));
  const images = assembleInput('pixels', { images: await Promise.all(imageShards(ingest, 'train').map((ref) => store.get(ref))) });
  const { validationRows } = ingest.summary;
  const fitted = rowsBetween(images, 0, images.rows - (typeof validationRows === 'number' ? validationRows : 0));
  const { rows, columns, data } = asFloats(takeMatrixRows(fitted, evenlySpacedRows(fitted.rows, count)));
  return { images: Array.from({ length: rows }, (_, row) => data.subarray(row * columns, (row + 1) * columns)) };
}
