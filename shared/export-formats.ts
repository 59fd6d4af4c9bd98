/** What a network can be written as. */
export const NETWORK_FORMATS = ['onnx', 'tflite', 'tflite-float16', 'tflite-dynamic', 'tflite-dynamic4', 'c', 'c-int8', 'safetensors', 'tfjs', 'savedmodel'] as const;

/** What any model can be written as: a classical model as `onnx`, XGBoost's also as the library's own file (`xgboost`). */
export const EXPORT_FORMATS = [...NETWORK_FORMATS, 'xgboost'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
