import { TASK_QUEUES } from '../shared/task-queues.js';
import { runWorker } from './run-worker.js';
import { WORKFLOW_BUNDLE } from './workflow-bundle.js';

/* The worker of the queue `pipeline`: workflows and nothing else, so that no computation ever stalls them. */
await runWorker(TASK_QUEUES.pipeline, () =>
  Promise.resolve({ options: { workflowBundle: { codePath: WORKFLOW_BUNDLE } }, close: () => Promise.resolve() }),
);
