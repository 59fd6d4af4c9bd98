import { TASK_QUEUES } from '../shared/task-queues.js';
import { runActivityWorker } from './run-activity-worker.js';

/* The worker of the queue `train-gpu`: start one for each GPU; it trains one model at a time on it. */
await runActivityWorker({ queue: TASK_QUEUES.trainGpu, device: 'gpu', slots: 1 });
