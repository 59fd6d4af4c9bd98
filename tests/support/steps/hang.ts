import { writeFileSync } from 'node:fs';
import type { StepFunction } from '../../../shared/step.js';

/** Reports once, says in the file `params.says` that it runs, and then works for ever without a word (`params.busy`: without a pause either). */
const hang: StepFunction = async ({ params }, { progress }) => {
  progress({ fraction: 0.1 });
  if (typeof params['says'] === 'string') writeFileSync(params['says'], String(process.pid));
  if (params['busy']) for (;;);
  await new Promise((resolve) => setTimeout(resolve, 3_600_000));
  return { outputs: {}, summary: {} };
};
export default hang;
