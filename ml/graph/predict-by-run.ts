import type { PreparedRun } from '../../native/tensorflow/prepared-run.js';
import type { PredictBatch } from '../training/predict-in-batches.js';

/** Answers by a run that takes images [n, columns] and gives a row of numbers for each. */
export function predictByRun(run: PreparedRun): PredictBatch {
  return async ({ rows, columns, data }) => {
    const [answers] = await run.run([{ shape: [rows, columns], data }]);
    return answers as Float32Array;
  };
}
