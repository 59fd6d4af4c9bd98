/** What computes the predictions of a `.tflite` file here. */
export const INT8_RUNTIME = 'typescript, int8 in WebAssembly SIMD';
