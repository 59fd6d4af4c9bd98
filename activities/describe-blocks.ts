import { Piscina } from 'piscina';
import { encodeNpy } from '../ml/data/npy.js';
import type { StepOutput } from '../shared/step.js';
import { ProgressState } from './bridge/progress-state.js';
import { runInThread } from './bridge/run-in-thread.js';
import type { ImageBlock } from './image-blocks.js';
import type { StepCatalogue } from './step-catalogue.js';
import type { DescribeParams } from './tasks/describe-images.task.js';

/** Blocks that are done and wait for their turn, or run, beyond one a thread. */
const AHEAD = 1;

/** How blocks are described. */
export interface DescribeOptions extends Omit<DescribeParams, 'sources'> {
  /** Lines of CSV instead of arrays. */
  readonly csv: boolean;
  readonly threads: number;
  readonly signal: AbortSignal;
}

/**
 * Runs the step `describe-images` on every block, in threads, and gives the outputs in the order of the blocks. No more blocks
 * are taken than the threads need, so that memory does not grow with their number.
 * @throws what the step throws; the signal's reason.
 */
export async function* describeBlocks(steps: StepCatalogue, blocks: Iterable<ImageBlock>, options: DescribeOptions): AsyncGenerator<StepOutput['outputs']> {
  const { families, raw, keypoints, edges, csv, threads, signal } = options;
  const { entry } = steps.named('describe-images');
  const pool = new Piscina({ minThreads: threads, maxThreads: threads });
  const describe = async ({ images: { rows, width, height, pixels }, sources }: ImageBlock): Promise<StepOutput['outputs']> => {
    const params = { families: [...families], raw, keypoints, edges, ...(csv && { sources: sources.map((source) => ({ ...source })) }) };
    const input = { params, seed: 0, inputs: { images: [encodeNpy(pixels, [rows, height, width])] }, native: {} };
    return (await runInThread({ pool, entry, input, state: new ProgressState(), signal })).outputs;
  };
  const running: Promise<StepOutput['outputs']>[] = [];
  try {
    for (const block of blocks) {
      const outputs = describe(block);
      outputs.catch(() => undefined); // it is thrown when its turn comes; until then it is not unhandled
      running.push(outputs);
      if (running.length >= threads + AHEAD) yield await (running.shift() as Promise<StepOutput['outputs']>);
    }
    for (const outputs of running) yield await outputs;
  } finally {
    await pool.destroy();
  }
}
