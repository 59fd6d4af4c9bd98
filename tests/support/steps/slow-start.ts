import type { StepFunction } from '../../../shared/step.js';

/** Blocks for `params.blockMs` as a foreign library does that is being loaded, reports once, and hangs. */
const slowStart: StepFunction = async ({ params }, { progress }) => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(params['blockMs']));
  progress({ fraction: 0.1 });
  await new Promise((resolve) => setTimeout(resolve, 3_600_000));
  return { outputs: {}, summary: {} };
};
export default slowStart;
