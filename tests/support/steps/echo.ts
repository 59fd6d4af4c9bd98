import { threadId } from 'node:worker_threads';
import type { StepFunction } from '../../../shared/step.js';

/** Gives back what it got: the bytes of every role, joined, plus its parameters, seed and where it ran. */
const echo: StepFunction = ({ params, seed, inputs, native }, { progress }) => {
  progress({ fraction: 0.5, note: 'half', metrics: { loss: 0.25 } });
  const outputs = Object.fromEntries(
    Object.entries(inputs).map(([role, arrays]) => [role, { bytes: new Uint8Array(Buffer.concat(arrays)), mediaType: 'application/octet-stream' }]),
  );
  return { outputs, summary: { params, seed, native: { ...native }, pid: process.pid, threadId } };
};
export default echo;
