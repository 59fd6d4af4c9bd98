import type { ModelName } from '../../shared/model-names.js';

/** Networks in float32 that are better served by LiteRT than by ONNX Runtime (docs/decisions/2026-11-26-litert-serves-tflite.md says by which measure). */
export const SERVED_BY_LITERT: readonly ModelName[] = ['cnn', 'dense-network', 'cbam-cnn', 'self-attention-cnn', 'vision-transformer', 'mobilenet-v2', 'tiny-cnn'];
