/** What computes the predictions of an int8 `.tflite` file here. */
export const INT8_RUNTIME = 'typescript, int8 in WebAssembly SIMD';
