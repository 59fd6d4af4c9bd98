import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection, WorkflowFailedError } from '@temporalio/client';
import type { WorkflowHandle } from '@temporalio/client';
import { encodeNpy } from '../../ml/data/npy.js';
import type { ArtifactRef } from '../../shared/artifact.js';
import { MEDIA } from '../../shared/artifact.js';
import type { FitModelInput } from '../../shared/contracts/steps.js';
import type { DatasetManifest } from '../../shared/dataset.js';
import { DiskCache } from '../../storage/disk-cache.js';
import { S3Store } from '../../storage/s3-store.js';
import { nativePaths } from '../support/native-paths.js';
import { childrenOf } from '../support/process-tree.js';
import { processLives } from '../support/process-lives.js';
import type { TemporalServer } from '../support/temporal-server.js';
import { startTemporalServer } from '../support/temporal-server.js';
import { until } from '../support/until.js';
import type { S3Server } from '../support/versitygw.js';
import { startVersitygw } from '../support/versitygw.js';

const EVENT_MS = 60_000;

describe('a worker process', function () {
  this.timeout(180_000);
  let folder: string;
  let temporal: TemporalServer;
  let s3: S3Server;
  let client: Client;
  let store: S3Store;
  let pipeline: ChildProcess;
  const workers: ChildProcess[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'digitloom-workers-'));
    [temporal, s3] = await Promise.all([startTemporalServer(), startVersitygw()]);
    client = new Client({ connection: await Connection.connect({ address: temporal.address }) });
    store = new S3Store({ client: s3.client, bucket: s3.settings.bucket, cache: new DiskCache({ folder: join(folder, 'test') }) });
    await writeFile(join(folder, 'native.json'), JSON.stringify(nativePaths()));
    pipeline = startWorker('pipeline');
  });
  after(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await client.connection.close();
    await Promise.all([temporal.stop(), s3.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  function startWorker(queue: string): ChildProcess {
    const { endpoint, region, accessKeyId, secretAccessKey, bucket } = s3.settings;
    const entry = fileURLToPath(new URL(`../../workers/${queue}.js`, import.meta.url));
    const worker = spawn(process.execPath, [entry, '--bucket', bucket, '--cache-dir', join(folder, 'cache'), '--slots', '1', '--native', join(folder, 'native.json')], {
      env: {
        PATH: process.env['PATH'], HOME: process.env['HOME'], TEMPORAL_ADDRESS: temporal.address, AWS_ENDPOINT_URL_S3: endpoint,
        AWS_REGION: region, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey,
      },
      stdio: 'ignore',
    });
    workers.push(worker);
    return worker;
  }

  /** A training that takes an hour. */
  async function startTraining(id: string): Promise<WorkflowHandle> {
    const put = (bytes: Uint8Array): Promise<ArtifactRef> => store.put(bytes, MEDIA.npy);
    const images = async (rows: number): Promise<ArtifactRef> => put(encodeNpy(Uint8Array.from({ length: rows * 784 }, (_, i) => (i * i) & 255), [rows, 28, 28]));
    const labels = async (rows: number): Promise<ArtifactRef> => put(encodeNpy(Uint8Array.from({ length: rows }, (_, i) => i % 10), [rows]));
    const split = async (rows: number): Promise<DatasetManifest['train']> => ({ rows, images: [{ ref: await images(rows), rows }], labels: await labels(rows) });
    const manifest: DatasetManifest = { kind: 'dataset', width: 28, height: 28, classes: 10, validationRows: 100, train: await split(400), test: await split(100) };
    const dataset = await store.put(new TextEncoder().encode(JSON.stringify(manifest)), MEDIA.json);
    const input: FitModelInput = {
      name: id, dataset, randomState: 1, progressTo: id, model: { kind: 'cnn', input: 'pixels', device: 'cpu', rows: 'original', params: { epochs: 1000, patience: 1000 } },
    };
    return client.workflow.start('trainModel', { taskQueue: 'pipeline', workflowId: id, args: [input] });
  }
  const childOf = (worker: ChildProcess): Promise<number> =>
    until(() => childrenOf(worker.pid ?? 0).find(({ command }) => command.includes('child-main.js'))?.pid, EVENT_MS);
  const staged = (): Promise<string[]> => readdir(join(folder, 'cache', 'staging'));

  it('ends on SIGTERM with its children, exits with 0, and leaves the training to the next worker', async () => {
    const first = startWorker('train-cpu');
    const training = await startTraining('left-to-the-next');
    const child = await childOf(first);
    await until(() => store.listDocuments('checkpoints/').then((names) => names.length > 0), EVENT_MS);
    first.kill('SIGTERM');
    const [code] = (await once(first, 'exit')) as [number | null];
    assert.equal(code, 0);
    assert.equal(processLives(child), false);
    assert.deepEqual(await staged(), []);

    const second = startWorker('train-cpu');
    await childOf(second);
    const { pendingActivities } = (await training.describe()).raw;
    assert.equal(pendingActivities?.[0]?.attempt, 2);
    assert.equal(pendingActivities[0].lastFailure?.applicationFailureInfo?.type, 'ComputeCrashedError');
    await training.terminate();
    second.kill('SIGKILL');
    await once(second, 'exit');
  });

  it('ends the children of a cancelled run and goes on', async () => {
    const worker = startWorker('train-cpu');
    const training = await startTraining('cancelled');
    const child = await childOf(worker);
    await training.cancel();
    await assert.rejects(training.result(), (error) => error instanceof WorkflowFailedError && error.cause?.name === 'CancelledFailure');
    await until(() => !processLives(child), EVENT_MS);
    await until(async () => (await staged()).length === 0);
    assert.equal(worker.exitCode, null);
    worker.kill('SIGTERM');
    const [code] = (await once(worker, 'exit')) as [number | null];
    assert.equal(code, 0);
  });

  it('of the queue pipeline exits with 0 on SIGTERM', async () => {
    pipeline.kill('SIGTERM');
    const [code] = (await once(pipeline, 'exit')) as [number | null];
    assert.equal(code, 0);
  });

  it('says what is wrong with its settings and exits with 2', async () => {
    const entry = fileURLToPath(new URL('../../workers/cpu.js', import.meta.url));
    const worker = spawn(process.execPath, [entry], { env: {}, stdio: ['ignore', 'ignore', 'pipe'] });
    let text = '';
    worker.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    const [code] = (await once(worker, 'close')) as [number | null];
    assert.equal(code, 2);
    assert.match(text, /--bucket/);
    assert.match(text, /TEMPORAL_ADDRESS/);
  });
});
