import { classicalOnnx } from '../ml/export/onnx/classical/classical-onnx.js';
import { argmaxRows } from '../ml/evaluation/argmax-rows.js';
import { rowsBetween } from '../ml/matrix.js';
import type { Matrix } from '../ml/matrix.js';
import { asFloats } from '../ml/models/as-floats.js';
import type { Classifier } from '../ml/models/model.js';
import { openOnnxSession } from '../native/onnxruntime.js';
import type { JsonObject } from '../shared/json.js';

const SINGLES = 200;
const CLOSE = 1e-4;

/** A classical model's ONNX file beside the model itself, on rows and on single rows, both in this process on one thread. */
export async function onnxAgreement(kind: string, model: Classifier, rows: Matrix): Promise<JsonObject> {
  const x = asFloats(rows);
  const file = classicalOnnx(kind, await model.save());
  const session = await openOnnxSession(file);
  try {
    const expected = await model.predictProba(x);
    const got = { rows: x.rows, columns: expected.columns, data: await session.run(x.data) };
    const differences = Array.from({ length: x.rows }, (_, row) => furthest(rowsBetween(expected, row, row + 1).data, rowsBetween(got, row, row + 1).data));
    const [own, other] = [argmaxRows(expected), argmaxRows(got)];
    return {
      onnxBytes: file.length, onnxWorst: Math.max(...differences), onnxRowsBeyond: differences.filter((difference) => !(difference <= CLOSE)).length,
      onnxLabelsChanged: own.filter((label, row) => label !== other[row]).length,
      singleMs: await medianMs((row) => model.predictProba(row), x), onnxSingleMs: await medianMs((row) => session.run(row.data), x),
    };
  } finally {
    await session.dispose();
  }
}

function furthest(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? NaN))), 0);
}

async function medianMs(answer: (row: Matrix<Float32Array>) => Promise<unknown>, x: Matrix<Float32Array>): Promise<number> {
  const times: number[] = [];
  for (let row = 0; row < Math.min(SINGLES, x.rows); row++) {
    const start = performance.now();
    await answer(rowsBetween(x, row, row + 1));
    times.push(performance.now() - start);
  }
  return Number((times.sort((a, b) => a - b)[times.length >> 1] ?? NaN).toFixed(3));
}
