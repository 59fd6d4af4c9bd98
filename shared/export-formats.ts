/** What a network can be written as. */
export const NETWORK_FORMATS = [
  'onnx', 'onnx-int8', 'tflite', 'tflite-float16', 'tflite-dynamic', 'tflite-dynamic4', 'tflite-int8', 'tflite-int8-weights4', 'c', 'c-int8', 'safetensors', 'tfjs', 'savedmodel',
] as const;

/** What any model can be written as: a classical model or an ensemble as `onnx`, XGBoost's also as the library's own file (`xgboost`). */
export const EXPORT_FORMATS = [...NETWORK_FORMATS, 'xgboost'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The formats that keep activations in 8 bits, by ranges that calibration images give. */
export const CALIBRATED_FORMATS: readonly ExportFormat[] = ['onnx-int8', 'tflite-int8', 'tflite-int8-weights4'];

/** The formats whose numbers are rounded: a file is judged by the accuracy that it keeps, not by how far its probabilities are. */
export const ROUNDED_FORMATS: readonly ExportFormat[] = [...CALIBRATED_FORMATS, 'tflite-float16', 'tflite-dynamic', 'tflite-dynamic4'];
