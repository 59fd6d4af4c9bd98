import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import envPaths from 'env-paths';
import getPort from 'get-port';
import { connectS3, ensureBucket } from '../../storage/connect.js';
import type { S3Settings } from '../../storage/connect.js';
import { startServer } from './start-server.js';

/** A real S3 server on a free port and a temporary folder. */
export interface S3Server {
  readonly settings: Required<Omit<S3Settings, 'sessionToken'>>;
  readonly client: S3Client;
  /** Where the server keeps the bucket's objects as files. */
  readonly bucketFolder: string;
  /** SIGKILL; the data stay. */
  kill(): Promise<void>;
  /** Starts it again on its data and port. */
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

const VERSION = '1.8.0';

/** Starts versitygw and makes a bucket. */
export async function startVersitygw(): Promise<S3Server> {
  const root = await mkdtemp(join(tmpdir(), 'digitloom-s3-'));
  const port = await getPort({ host: '127.0.0.1' });
  const settings = {
    endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', accessKeyId: 'test-access', secretAccessKey: 'test-secret', bucket: 'digitloom',
  } satisfies S3Settings;
  await mkdir(join(root, 'data'));
  await mkdir(join(root, 'sidecar'));
  let server: ChildProcess;
  const start = async (): Promise<void> => {
    const args = ['--port', `127.0.0.1:${port}`, '--quiet', '--access', settings.accessKeyId, '--secret', settings.secretAccessKey, 'posix', '--sidecar', join(root, 'sidecar'), join(root, 'data')];
    server = await startServer(versitygw(), args, process.env, async () => void (await fetch(settings.endpoint)));
  };
  const kill = async (): Promise<void> => {
    const ended = once(server, 'exit');
    if (server.kill('SIGKILL')) await ended;
  };
  await start();
  const client = connectS3(settings);
  await ensureBucket(client, settings.bucket);
  return {
    settings, client, kill, restart: start,
    bucketFolder: join(root, 'data', settings.bucket),
    async stop() {
      client.destroy();
      await kill();
      await rm(root, { recursive: true, force: true });
    },
  };
}

function versitygw(): string {
  const cached = join(envPaths('digitloom', { suffix: '' }).cache, `versitygw-${VERSION}`, 'versitygw');
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'versitygw'));
  const found = [cached, ...onPath].find((path) => existsSync(path));
  if (!found) throw new Error(`versitygw is neither at ${cached} nor on PATH. Run "npm test" once: it provisions it.`);
  return found;
}
