import { existsSync, writeFileSync } from 'node:fs';
import type { StepFunction } from '../../../shared/step.js';

/**
 * Training in miniature: `params.segments` segments, each of which adds its number to the state and saves a checkpoint.
 * With `params.dieAfter` it is killed after that checkpoint unless the file `params.once` says that it was already.
 */
const countSegments: StepFunction = async ({ params }, { progress, checkpoint, saveCheckpoint }) => {
  const segments = Number(params['segments']);
  const state = checkpoint ? [...checkpoint] : [];
  const resumedAt = state.length;
  for (let segment = state.length + 1; segment <= segments; segment++) {
    state.push(segment);
    progress({ fraction: segment / segments, note: `segment ${segment}/${segments}` });
    await saveCheckpoint?.(Uint8Array.from(state));
    if (segment === params['dieAfter'] && !existsSync(String(params['once']))) {
      writeFileSync(String(params['once']), 'died');
      process.kill(process.pid, 'SIGKILL');
    }
  }
  const outputs = { model: { bytes: Uint8Array.from(state), mediaType: 'application/octet-stream' } };
  return { outputs, summary: { resumedAt: params['tellResume'] ? resumedAt : 0 } };
};
export default countSegments;
