import * as ort from 'onnxruntime-node';

/** What a classifier in ONNX says of rows. */
export interface OnnxAnswers {
  /** [rows, 10] */
  readonly probabilities: Float32Array;
  readonly labels: readonly number[];
}

/** Runs a file with the input `features` and the outputs `probabilities` and `label` in ONNX Runtime, in this process. */
export async function runOnnx(bytes: Uint8Array, features: Float32Array, columns: number): Promise<OnnxAnswers> {
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ['cpu'], intraOpNumThreads: 1, interOpNumThreads: 1 });
  try {
    const rows = new ort.Tensor('float32', features, [features.length / columns, columns]);
    const { probabilities, label } = await session.run({ features: rows });
    return { probabilities: probabilities?.data as Float32Array, labels: Array.from(label?.data as BigInt64Array, Number) };
  } finally {
    await session.release();
  }
}
