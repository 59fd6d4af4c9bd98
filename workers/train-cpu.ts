import { TASK_QUEUES } from '../shared/task-queues.js';
import { runActivityWorker } from './run-activity-worker.js';

/* The worker of the queue `train-cpu`: a process for each training, as many at once as there are cores. */
await runActivityWorker({ queue: TASK_QUEUES.trainCpu, device: 'cpu' });
