/** What a network can be written as; a classical model can be written as `onnx`. */
export const EXPORT_FORMATS = ['onnx', 'tflite', 'tflite-float16', 'tflite-dynamic', 'tflite-dynamic4', 'c', 'c-int8', 'safetensors', 'tfjs'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
