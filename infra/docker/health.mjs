import { readFileSync } from 'node:fs';
import { Connection } from '@temporalio/client';

/*
 * node infra/docker/health.mjs: exit code 0 when this container's worker has asked its task queue for work lately. A worker
 * that lives but has lost the server, or hangs, is not healthy.
 */
const RECENT_MS = 120_000; // twice a long poll
const WORKFLOW = 1;
const ACTIVITY = 2;

const { TEMPORAL_ADDRESS: address = '127.0.0.1:7233', TEMPORAL_NAMESPACE: namespace = 'default' } = process.env;
const { queue: name, identity } = JSON.parse(readFileSync('/tmp/worker.json', 'utf8'));
const connection = await Connection.connect({ address, connectTimeout: '5s' });
const taskQueueType = name === 'pipeline' ? WORKFLOW : ACTIVITY;
const { pollers } = await connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name }, taskQueueType });
await connection.close();
// Containers of one queue may share a process id, hence an identity: then one that polls speaks for the others.
const own = (pollers ?? []).filter((poller) =>
  poller.identity === identity && Date.now() - Number(poller.lastAccessTime?.seconds ?? 0) * 1000 < RECENT_MS);
console.log(`${own.length} of ${pollers?.length ?? 0} pollers of the queue ${name} are this worker and recent`);
process.exitCode = own.length > 0 ? 0 : 1;
