import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/*
 * node infra/docker/worker.mjs <queue>: the worker of a task queue, with the native parts that the image holds. Its queue and
 * identity are written down for the health check, and signals go through, so that stopping a container drains its worker.
 */
const QUEUES = ['pipeline', 'cpu', 'train-cpu', 'train-gpu'];
const [queue = ''] = process.argv.slice(2);
if (!QUEUES.includes(queue)) {
  console.error(`Got the queue "${queue}"; expected one of ${QUEUES.join(', ')}.`);
  process.exit(2);
}

const entry = fileURLToPath(new URL(`../../dist/workers/${queue}.js`, import.meta.url));
const bucket = process.env.DIGITLOOM_BUCKET ?? 'digitloom';
const worker = spawn(process.execPath, ['--enable-source-maps', entry, '--bucket', bucket, '--native', '/opt/native/digitloom/native.json'], { stdio: 'inherit' });
writeFileSync('/tmp/worker.json', JSON.stringify({ queue, identity: `${queue}-${worker.pid}` }));
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => worker.kill(signal));
worker.once('close', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGTERM' || signal === 'SIGINT' ? 0 : 1);
});
