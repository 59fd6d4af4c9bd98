import { TASK_QUEUES } from '../shared/task-queues.js';
import { runActivityWorker } from './run-activity-worker.js';

/* The worker of the queue `cpu`: steps in threads, one for each core, and the book-keeping. */
await runActivityWorker({ queue: TASK_QUEUES.cpu, device: 'cpu' });
