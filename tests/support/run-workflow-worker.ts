import { once } from 'node:events';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { TASK_QUEUES } from '../../shared/task-queues.js';
import { WORKFLOW_BUNDLE } from '../../workers/workflow-bundle.js';

/*
 * A worker of the queue `pipeline` to be killed: node run-workflow-worker.js <address>. It says `ready` once it has loaded everything, and
 * polls from the first word that it hears. What a killed worker had in its cache is asked of others after a second, not after Temporal's ten.
 */
Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
const connection = await NativeConnection.connect({ address: process.argv[2] ?? '' });
const worker = await Worker.create({
  connection, taskQueue: TASK_QUEUES.pipeline, workflowBundle: { codePath: WORKFLOW_BUNDLE }, stickyQueueScheduleToStartTimeout: '1s',
});
process.stdout.write('ready\n');
await once(process.stdin, 'data');
await worker.run();
