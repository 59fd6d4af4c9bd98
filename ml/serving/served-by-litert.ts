import type { ModelName } from '../../shared/model-names.js';

/** Networks that LiteRT answers faster than ONNX Runtime, alone and in batches, in float32 (docs/decisions/2026-11-26-litert-serves-tflite.md). */
export const SERVED_BY_LITERT: readonly ModelName[] = ['tiny-cnn', 'vision-transformer'];
