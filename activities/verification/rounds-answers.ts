import { decodeCompressedFile } from '../../ml/compression/coding/compressed-file.js';
import type { ExportFormat } from '../../shared/export-formats.js';
import type { ModelResult } from '../../shared/run.js';
import type { ArtifactStore } from '../../storage/artifact-store.js';
import type { FormatFiles } from './model-files.js';

/** Formats that keep float32 and nothing less. */
const WHOLE = new Set<ExportFormat>(['onnx', 'tflite', 'c', 'tfjs', 'savedmodel', 'xgboost']);

/**
 * Tells which files of a model answer more coarsely than its stored probabilities are, or otherwise on each processor: all in few bits, all of a
 * variant whose activations are on grids or that was quantised after its training, and the `.tflite` that a variant with weights on grids was given.
 * @throws NotFoundError when the store lacks what the run kept.
 */
export async function roundsAnswers(store: ArtifactStore, { artifacts: { tflite, compressed } }: ModelResult): Promise<(format: ExportFormat, origin: FormatFiles['origin']) => boolean> {
  if (!tflite) return (format) => !WHOLE.has(format);
  if (!compressed) return () => true;
  const { kernels, outputs } = decodeCompressedFile(await store.get(compressed)).weights;
  const inFewBits = kernels.some(({ codes }) => codes);
  return (format, origin) => outputs.length > 0 || !WHOLE.has(format) || (inFewBits && format === 'tflite' && origin === 'variant');
}
