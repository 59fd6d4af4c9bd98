import { openOnnxSession } from '../../native/onnxruntime.js';
import type { OnnxBuffers, OnnxSession } from '../../native/onnxruntime.js';
import { checkWidth } from '../models/check-width.js';
import type { Matrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';
import type { ServedModel } from './served-model.js';

/** Rows of one run: enough for the products to be efficient, few enough for the activations to stay in the caches. */
const BATCH_ROWS = 256;

/**
 * Serves a file of ONNX that takes rows and gives probabilities: single rows on one thread, more of them on `threads`. Rows and answers stand
 * in buffers that are used again; calls wait for each other.
 * @throws InvalidModelError when the bytes are no such model.
 */
export async function serveOnnx(name: string, bytes: Uint8Array, threads: number): Promise<ServedModel> {
  const single = await openOnnxSession(bytes, { threads: 1 });
  const one = single.buffers(1);
  let many: OnnxBuffers | undefined;
  let forMany: Promise<OnnxSession> | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const roomFor = async (rows: number): Promise<OnnxBuffers> => {
    if (rows === 1) return one;
    forMany ??= threads === 1 ? Promise.resolve(single) : openOnnxSession(bytes, { threads });
    if (many?.rows !== rows) many = (await forMany).buffers(rows);
    return many;
  };
  const answer = async (x: Matrix): Promise<Matrix<Float32Array>> => {
    const data = new Float32Array(x.rows * CLASSES);
    for (let from = 0; from < x.rows; from += BATCH_ROWS) {
      const room = await roomFor(Math.min(BATCH_ROWS, x.rows - from));
      fill(room.input, x, from);
      await room.run();
      data.set(room.output, from * CLASSES);
    }
    return { rows: x.rows, columns: CLASSES, data };
  };

  return {
    runtime: single.runtime,
    predictProba(x) {
      checkWidth(name, x, single.inputSize);
      const answered = turn.then(() => answer(x));
      turn = answered.catch(() => undefined); // the caller hears of it; who comes next is served
      return answered;
    },
    async dispose() {
      await turn;
      await single.dispose();
      if (threads !== 1) await (await forMany)?.dispose();
    },
  };
}

/** Rows of a matrix from `from` on as floats, pixels in 0..1, until the input is full. */
function fill(input: Float32Array, { data, columns }: Matrix, from: number): void {
  const start = from * columns;
  if (data instanceof Float32Array) return input.set(data.subarray(start, start + input.length));
  for (let i = 0; i < input.length; i++) input[i] = data[start + i] / 255;
}
