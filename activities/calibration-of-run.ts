import { assembleInput } from '../ml/data/assemble-input.js';
import { calibrationImages } from '../ml/export/calibration-images.js';
import type { Calibration } from '../ml/export/export-model.js';
import { rowsBetween } from '../ml/matrix.js';
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
  return { images: calibrationImages(fitted, count) };
}
